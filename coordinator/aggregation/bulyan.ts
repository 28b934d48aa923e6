import type { Update, Vector } from './aggregation.js';
import { aggregation } from './aggregation.js';
import { byCoordinate, meanBetween, middle } from './by-coordinate.js';
import { krumOptions } from './krum.js';
import { krumScores, lowest, neighbourhood } from './krum-scores.js';
import { move } from './move.js';
import { TooFewUpdates } from './too-few-updates.js';

/** Chooses by Krum, again and again among those left. */
function chooseByKrum(updates: readonly Update<Vector>[], f: number, wanted: number): number[] {
  const fellows = neighbourhood(updates);
  const left = new Uint8Array(updates.length).fill(1);
  for (let chosen = 0; chosen < wanted; chosen++) left[lowest(krumScores(fellows, f, left))] = 0;
  return [...left.keys()].filter((i) => left[i] === 0);
}

/** Mean of the `kept` sorted values nearest to their median (of two as near, the lower stays). */
function meanNearMedian(sorted: Float64Array, kept: number): number {
  const centre = middle(sorted);
  let [start, end] = [0, sorted.length];
  while (end - start > kept)
    if (sorted[end - 1]! - centre >= centre - sorted[start]!) end--;
    else start++;
  return meanBetween(sorted, start, end);
}

/** Bulyan: Krum chooses, then every coordinate is averaged near its median.
 * @formula θ = n − 2f chosen by repeated Krum; w_j ← w_j + mean of the θ − 2f values nearest to the median
 * @shape   Δ_i (d); result (d)
 * @source  El Mhamdi, Guerraoui & Rouault 2018, ICML (arXiv 1802.07927)
 * @pitfall defined for n ≥ 4f + 3 only; ignores examples
 */
export const bulyan = aggregation({
  summary: 'Updates chosen by repeated Krum, averaged near the median of each coordinate.',
  source: 'El Mhamdi et al. 2018, arXiv 1802.07927',
  needsIndividualUpdates: true,
  options: krumOptions,
  aggregate: (state, { parameters, updates }, { f }) => {
    const needed = 4 * f + 3;
    if (updates.length < needed) throw new TooFewUpdates(updates.length, needed, `bulyan with f = ${f}`);
    const selected = chooseByKrum(updates, f, updates.length - 2 * f);
    const chosen = selected.map((i) => updates[i]!);
    const direction = byCoordinate(chosen, (sorted) => meanNearMedian(sorted, updates.length - 4 * f));
    return { parameters: move(parameters, direction), state, selected };
  },
});
