import type { Stream } from '../../core/random.js';
import type { Episode } from './episode.js';
import type { Actor, Lesson } from './policy-cohort.js';

/** The tilts that may be chosen, the neutral one first: ties go to it. */
export const tilts = [0, -1, 1] as const;

export interface Valuing {
  /** Weight of the best that the next day offers. */
  readonly discount: number;
  readonly cost: number;
  /** Share of actions that are drawn evenly, the rest being the best. */
  readonly exploration: number;
}

/** Rows with the tilt that is asked about behind them. */
export function withTilt(rows: Float32Array, width: number, tiltOf: (row: number) => number): Float32Array {
  const count = rows.length / width;
  const asked = new Float32Array(count * (width + 1));
  for (let row = 0; row < count; row++) {
    asked.set(rows.subarray(row * width, (row + 1) * width), row * (width + 1));
    asked[row * (width + 1) + width] = tiltOf(row);
  }
  return asked;
}

/** The best tilt of each row and what it is worth. */
export function best(value: (rows: Float32Array) => Float32Array, rows: Float32Array, width: number) {
  const worths = tilts.map((tilt) => value(withTilt(rows, width, () => tilt)).slice());
  const count = rows.length / width;
  const chosen = Int32Array.from({ length: count }, (_, row) =>
    tilts.reduce<number>((winner, _tilt, a) => (worths[a]![row]! > worths[winner]![row]! ? a : winner), 0),
  );
  return {
    tilt: Float32Array.from(chosen, (a) => tilts[a]!),
    worth: Float32Array.from(chosen, (a, row) => worths[a]![row]!),
  };
}

/** One step towards the Bellman target, the network itself a step ago standing in for the target network: the episodes are
 * drawn from all days seen, as replay draws them, and each is used once.
 * @formula Q(x, a) → r + γ max_b Q(x', b);  r = a y - c |a|
 * @source  Mnih et al. 2015, Nature 518; on discrete positions: Zhang, Zohren & Roberts 2020, Deep Reinforcement Learning
 *          for Trading
 */
export function* deepQLessons(
  actor: Actor,
  episode: Episode,
  width: number,
  { discount, cost, exploration }: Valuing,
  stream: Stream,
): Iterable<Lesson> {
  const { days, assets, inputs, outcomes } = episode;
  const now = best(actor.outputs, inputs, width);
  const tried = now.tilt.map((tilt) =>
    stream.uniform() < exploration ? tilts[stream.integer(tilts.length)]! : tilt,
  );
  const asked = withTilt(inputs, width, (row) => tried[row]!);
  const valued = actor.outputs(asked);
  // The last day's future is not in the episode; the best of the day itself stands for it.
  const later = (row: number): number => now.worth[row + assets < days * assets ? row + assets : row]!;
  const down = valued.map((q, row) => {
    const reward = tried[row]! * outcomes[row]! - cost * Math.abs(tried[row]!);
    return (2 * (q - reward - discount * later(row))) / valued.length;
  });
  const gain = now.tilt.reduce((sum, a, row) => sum + a * outcomes[row]! - cost * Math.abs(a), 0);
  yield { gradient: actor.pullBack(asked, down).parameters, gain: gain / valued.length };
}
