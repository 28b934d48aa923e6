import { z } from 'zod';
import { positive } from '../core/measure-input.js';
import { correlation, pow } from '../core/numeric.js';
import { field } from '../core/scenario/field.js';
import { integrate, skillWeights } from './allocation/signals/integrate.js';
import { standardised } from './allocation/signals/signal.js';
import { change, slowVolatility, type Memory } from './memory.js';

/** Days over which the trend is measured. */
const trendDays = 120;

/** Several opinions on the coming days, and how much each lately knew. Plain data, so that a checkpoint can hold it. */
export interface Blend {
  readonly assets: number;
  /** The model, every data source, the trend. */
  readonly signals: number;
  readonly decay: number;
  /** Scores whose outcome is not known yet: horizon x signals x assets. */
  readonly pending: Float64Array;
  /** Weighted sum of past information coefficients, and of their weights, by signal. */
  readonly total: Float64Array;
  readonly weight: Float64Array;
  /** Today's sources: sources x assets. */
  today: Float32Array;
}

/** What an institution takes for its view of the coming days, by the name a scenario uses. */
export const integrations = {
  model: {
    summary: 'The forecast of its model.',
    source: 'docs/model.md, Deciding',
    options: z.strictObject({}),
  },
  'skill-weighted': {
    summary: 'Its model, its sources and the trend, each weighted by its recent skill.',
    source: 'Grinold & Kahn 1999, Active Portfolio Management, chapter 11',
    options: z.strictObject({
      halfLife: field(positive.default(120), 'Days after which skill counts half', 'days'),
    }),
  },
};

export function createBlend(assets: number, sources: number, horizon: number, halfLife: number): Blend {
  const signals = sources + 2;
  return {
    assets,
    signals,
    decay: pow(0.5, 1 / halfLife),
    pending: new Float64Array(horizon * signals * assets),
    total: new Float64Array(signals),
    weight: new Float64Array(signals),
    today: new Float32Array(sources * assets),
  };
}

const rowOf = ({ signals, assets }: Blend, slot: number, signal: number): number =>
  (slot * signals + signal) * assets;

/** Today's view in standard deviations: the sum of scores, each times what it lately knew; scores are kept until
 * their outcome is known.
 */
export function viewOf(
  blend: Blend,
  slot: number,
  horizon: number,
  memory: Memory,
  model: Float32Array,
): Float32Array {
  const { assets, signals, pending, total, weight, today } = blend;
  const trend = Float64Array.from(
    { length: assets },
    (_, k) => change(memory, k, Math.min(trendDays, memory.steps)) / slowVolatility(memory, k),
  );
  const raw = [
    Float64Array.from(model),
    ...Array.from({ length: signals - 2 }, (_, s) =>
      Float64Array.from(today.subarray(s * assets, (s + 1) * assets)),
    ),
    trend,
  ];
  const scores = raw.map(standardised);
  scores.forEach((score, s) => pending.set(score, rowOf(blend, slot, s)));
  // Outcomes of a horizon overlap: as many days make one.
  const skills = scores.map((_, s) => ({
    coefficient: weight[s] === 0 ? 0 : total[s]! / weight[s]!,
    outcomes: weight[s]! / horizon,
  }));
  return Float32Array.from(integrate(scores, skillWeights(skills)));
}

/** Judges the scores of a slot by what came of them. */
export function judge(blend: Blend, slot: number, targets: Float32Array): void {
  const { assets, signals, pending, total, weight, decay } = blend;
  for (let s = 0; s < signals; s++) {
    const at = rowOf(blend, slot, s);
    const coefficient = correlation(pending.subarray(at, at + assets), targets);
    pending.fill(0, at, at + assets);
    if (!Number.isFinite(coefficient)) continue;
    total[s] = decay * total[s]! + coefficient;
    weight[s] = decay * weight[s]! + 1;
  }
}
