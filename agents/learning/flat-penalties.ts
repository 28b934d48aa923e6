import type { PenaltyTerm } from './cohort.js';

/** A penalty's value and its slope in all parameters. */
export interface Penalised {
  readonly value: number;
  readonly slope: Float32Array;
}

export function inputOf(name: string, term: PenaltyTerm, key: string): Float32Array {
  const given = term.inputs?.[key];
  if (!given) throw new RangeError(`penalty ${name} needs the input ${key}`);
  return given;
}

/** ½ Σ f (w - c)². */
function pull(w: Float32Array, centre: (j: number) => number, factor: (j: number) => number): Penalised {
  const slope = w.map((value, j) => factor(j) * (value - centre(j)));
  return { value: slope.reduce((sum, s, j) => sum + 0.5 * s * (w[j]! - centre(j)), 0), slope };
}

/** The engine's penalties on parameters (agents/learning/penalties.ts), for what is trained outside its own loop. */
export const flatPenalties: Readonly<Record<string, (term: PenaltyTerm, w: Float32Array) => Penalised>> = {
  l2: (_term, w) =>
    pull(
      w,
      () => 0,
      () => 1,
    ),
  proximal: (term, w) => {
    const global = inputOf('proximal', term, 'global');
    return pull(
      w,
      (j) => global[j]!,
      () => 1,
    );
  },
  control: (term, w) => {
    const slope = inputOf('control', term, 'correction');
    return { value: slope.reduce((sum, c, j) => sum + c * w[j]!, 0), slope };
  },
  'elastic-weight-consolidation': (term, w) => {
    const name = 'elastic-weight-consolidation';
    const [earlier, importance] = ['earlier', 'importance'].map((key) => inputOf(name, term, key));
    return pull(
      w,
      (j) => earlier![j]!,
      (j) => importance![j]!,
    );
  },
};
