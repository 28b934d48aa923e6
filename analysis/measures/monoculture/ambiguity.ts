import { z } from 'zod';
import { matrix, nonNegativeVector, requireLength, vector } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { sharesOf } from '../../../core/diversity.js';

type Series = ArrayLike<number>;

const meanSquare = (a: Series, b: Series): number =>
  Array.from(a).reduce((sum, value, t) => sum + (value - b[t]!) ** 2, 0) / a.length;

/** What disagreement buys: an ensemble's error is its members' mean error less their ambiguity.
 * @formula (f̄ − y)² = Σ wᵢ(fᵢ − y)² − Σ wᵢ(fᵢ − f̄)², each averaged over time
 * @shape   forecasts (m,T), target (T), weights (m) sum to 1
 * @range   all ≥ 0; ensembleError ≤ meanError
 * @source  Krogh & Vedelsby 1995, NeurIPS 7
 * @pitfall holds for squared error and convex weights only
 */
export function ambiguityDecomposition(forecasts: readonly Series[], target: Series, weights: Series) {
  const ensemble = Array.from(target, (_, t) =>
    forecasts.reduce((sum, row, i) => sum + weights[i]! * row[t]!, 0),
  );
  const weighted = (reference: Series): number =>
    forecasts.reduce((sum, row, i) => sum + weights[i]! * meanSquare(row, reference), 0);
  return {
    ensembleError: meanSquare(ensemble, target),
    meanError: weighted(target),
    ambiguity: weighted(ensemble),
  };
}

const input = z
  .strictObject({ forecasts: matrix, target: vector, weights: nonNegativeVector.optional() })
  .superRefine(({ forecasts, target, weights }, context) => {
    requireLength(context, ['target'], target, forecasts[0]?.length ?? 0, 'forecasts');
    requireLength(context, ['weights'], weights, forecasts.length, 'forecasts');
    if (weights !== undefined && !(weights.reduce((sum, weight) => sum + weight, 0) > 0))
      context.addIssue({ code: 'custom', path: ['weights'], message: 'must have a positive sum' });
  });

export const ambiguity = measure({
  summary: 'Ambiguity decomposition: ensemble error = mean error − disagreement of the members.',
  formula: 'mean_t (f̄ − y)² = Σ wᵢ mean_t (fᵢ − y)² − Σ wᵢ mean_t (fᵢ − f̄)²',
  range: 'all ≥ 0; ensembleError ≤ meanError',
  source: 'Krogh & Vedelsby 1995, NeurIPS 7',
  pitfall: 'Squared error only. Weights are scaled to sum to 1; equal when absent.',
  input,
  table: 'forecasts',
  example: {
    forecasts: [
      [1, 2, 3],
      [2, 2, 5],
    ],
    target: [1.5, 2.5, 3.5],
  },
  compute: ({ forecasts, target, weights }: z.infer<typeof input>) =>
    ambiguityDecomposition(forecasts, target, sharesOf(weights ?? forecasts.map(() => 1))),
});
