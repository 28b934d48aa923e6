import type { Update, Vector } from './aggregation.js';
import { squaredDistance } from './squared-distance.js';
import { TooFewUpdates } from './too-few-updates.js';

/** Every update's distances to all, and the others from nearest to farthest (ties: lower index first). */
export interface Neighbourhood {
  readonly distances: readonly Float64Array[];
  readonly nearest: readonly Uint32Array[];
}

export function neighbourhood(updates: readonly Update<Vector>[]): Neighbourhood {
  const distances = updates.map(() => new Float64Array(updates.length));
  for (let i = 0; i < updates.length; i++)
    for (let j = 0; j < i; j++)
      distances[i]![j] = distances[j]![i] = squaredDistance(updates[i]!.delta, updates[j]!.delta);
  const others = (i: number) => Uint32Array.from(updates.keys()).filter((j) => j !== i);
  const nearest = distances.map((row, i) => others(i).sort((a, b) => row[a]! - row[b]! || a - b));
  return { distances, nearest };
}

function nearestSum(row: Float64Array, order: Uint32Array, among: Uint8Array, count: number): number {
  let sum = 0;
  for (let k = 0, found = 0; k < order.length && found < count; k++) {
    if (among[order[k]!] === 0) continue;
    sum += row[order[k]!]!;
    found++;
  }
  return sum;
}

/** Krum score: how far an update lies from its nearest fellows.
 * @formula s_i = Σ over the max(1, n − f − 2) nearest others of ‖Δ_i − Δ_j‖²
 * @shape   n updates, those with among[i] = 1 take part; result (n), infinite for the rest
 * @source  Blanchard et al. 2017, NeurIPS (arXiv 1703.02757)
 * @pitfall distances are squared; the paper wants n ≥ 2f + 3, below it one neighbour is kept, as Flower does
 */
export function krumScores({ distances, nearest }: Neighbourhood, f: number, among: Uint8Array): number[] {
  const members = among.reduce((sum, flag) => sum + flag, 0);
  const count = Math.max(1, members - f - 2);
  return distances.map((row, i) =>
    among[i] === 1 ? nearestSum(row, nearest[i]!, among, count) : Number.POSITIVE_INFINITY,
  );
}

/** Scores with all updates taking part, of which there must be more than may be malicious. */
export function allKrumScores(updates: readonly Update<Vector>[], f: number): number[] {
  if (updates.length <= f) throw new TooFewUpdates(updates.length, f + 1, `krum with f = ${f}`);
  return krumScores(neighbourhood(updates), f, new Uint8Array(updates.length).fill(1));
}

/** Index of the lowest score; of equals, the first. */
export const lowest = (scores: readonly number[]): number => scores.indexOf(Math.min(...scores));
