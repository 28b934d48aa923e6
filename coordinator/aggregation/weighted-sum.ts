import { BLOCK, blockSum } from '../../core/numeric.js';
import type { Update, Vector } from './aggregation.js';

function addScaled(target: Float64Array, values: Vector, weight: number): void {
  for (let j = 0; j < target.length; j++) target[j]! += weight * values[j]!;
}

/** Weighted sum of vectors in double precision, block by block in the order given.
 * @formula Σ_b Σ_{i in block b} w_i x_i, blocks of 64
 * @shape   vectors n of length d; weights (n); result (d)
 * @pitfall the blocks belong to the result: summing in one run gives other last bits
 */
export function weightedSum(vectors: readonly Vector[], weights: readonly number[]): Float64Array {
  const total = new Float64Array(vectors[0]?.length ?? 0);
  const block = new Float64Array(total.length);
  for (let start = 0; start < vectors.length; start += BLOCK) {
    block.fill(0);
    const end = Math.min(start + BLOCK, vectors.length);
    for (let i = start; i < end; i++) addScaled(block, vectors[i]!, weights[i]!);
    addScaled(total, block, 1);
  }
  return total;
}

/** Weighted mean of vectors: their weighted sum over the sum of weights. */
export function weightedMean(vectors: readonly Vector[], weights: readonly number[]): Float64Array {
  const total = blockSum(weights);
  return weightedSum(vectors, weights).map((value) => value / total);
}

/** Mean difference of a round, each institution counting by its examples: what FedAvg moves by. */
export const meanDelta = (updates: readonly Update<Vector>[]): Float64Array =>
  weightedMean(
    updates.map(({ delta }) => delta),
    updates.map(({ examples }) => examples),
  );
