import type { Episode } from './episode.js';

/** What every position earned, less what moving to it cost; the first day's positions are taken as held.
 * @formula r_dk = s_dk y_dk - c |s_dk - s_(d-1)k|
 * @shape   positions (days x assets) in -1..1; result the same, in standard deviations
 */
export const earnings = (
  { assets, outcomes }: Episode,
  positions: ArrayLike<number>,
  cost: number,
): Float64Array =>
  Float64Array.from(positions, (s, row) => {
    const moved = row < assets ? 0 : Math.abs(s - positions[row - assets]!);
    return s * outcomes[row]! - cost * moved;
  });

/** Net return of every day.
 * @formula R_d = (1/k) Σ_k r_dk
 * @shape   positions (days x assets); result (days), in standard deviations
 * @source  Lim, Zohren & Roberts 2019, Enhancing Time Series Momentum Strategies Using Deep Neural Networks
 */
export function netReturns(episode: Episode, positions: ArrayLike<number>, cost: number): Float64Array {
  const { days, assets } = episode;
  const earned = earnings(episode, positions, cost);
  return Float64Array.from(
    { length: days },
    (_, d) => earned.subarray(d * assets, (d + 1) * assets).reduce((sum, r) => sum + r, 0) / assets,
  );
}

/** What slopes in the days' returns are in the positions. */
export function throughReturns(
  { days, assets, outcomes }: Episode,
  positions: ArrayLike<number>,
  cost: number,
  slopes: Float64Array,
): Float64Array {
  const into = new Float64Array(days * assets);
  for (let row = 0; row < into.length; row++) {
    const d = Math.floor(row / assets);
    const arriving = d > 0 ? Math.sign(positions[row]! - positions[row - assets]!) : 0;
    const leaving = d + 1 < days ? Math.sign(positions[row + assets]! - positions[row]!) : 0;
    const left = d + 1 < days ? slopes[d + 1]! * cost * leaving : 0;
    into[row] = (slopes[d]! * (outcomes[row]! - cost * arriving) + left) / assets;
  }
  return into;
}
