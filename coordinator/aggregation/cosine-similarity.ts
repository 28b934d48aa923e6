import { dot } from '../../core/numeric.js';
import type { Vector } from './aggregation.js';

/** Cosine of the angle between every pair of vectors; 0 where one of them is zero.
 * @formula x_i·x_j / (‖x_i‖ ‖x_j‖)
 * @shape   n vectors (d); result n rows (n), ones on the diagonal
 * @range   [−1, 1]
 */
export function cosineSimilarities(vectors: readonly Vector[]): Float64Array[] {
  const norms = vectors.map((vector) => Math.sqrt(dot(vector, vector)));
  const rows = vectors.map((_, i) => new Float64Array(vectors.length).fill(1, i, i + 1));
  for (let i = 0; i < vectors.length; i++)
    for (let j = 0; j < i; j++) {
      const scale = norms[i]! * norms[j]!;
      const cosine = scale > 0 ? dot(vectors[i]!, vectors[j]!) / scale : 0;
      rows[i]![j] = rows[j]![i] = Math.max(-1, Math.min(1, cosine));
    }
  return rows;
}
