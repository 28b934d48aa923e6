import { z } from 'zod';
import { cosineSimilarity, sharesOf } from '../../../core/diversity.js';
import { matrix, nonNegativeVector, requireLength, vector } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { mean } from '../../../core/numeric.js';
import { pairMean, pairTable } from '../pairs.js';

const norm = (a: ArrayLike<number>): number => Math.sqrt(Array.from(a).reduce((sum, x) => sum + x * x, 0));

/** How far models' parameters are from their federation's, as a share of its norm.
 * @formula d_i = ‖θ_i − θ̄‖₂ / ‖θ̄‖₂; θ̄ the reference, or Σ_i w_i θ_i
 * @shape   parameters (m,p), reference (p); result (m)
 * @range   d ≥ 0; null where the reference is 0
 * @source  McMahan et al. 2017, AISTATS (the average); Li et al. 2020, MLSys (distance to it, as in FedProx)
 * @pitfall networks that compute the same can have far parameters (units permuted): read representations beside it
 */
export function parameterDistances(
  parameters: readonly ArrayLike<number>[],
  reference: ArrayLike<number>,
): (number | null)[] {
  const size = norm(reference);
  return parameters.map((row) =>
    size > 0 ? norm(Array.from(row, (x, j) => x - reference[j]!)) / size : null,
  );
}

const input = z
  .strictObject({ parameters: matrix, weights: nonNegativeVector.optional(), reference: vector.optional() })
  .superRefine(({ parameters, weights, reference }, context) => {
    requireLength(context, ['weights'], weights, parameters.length, 'one a model (row of parameters)');
    requireLength(context, ['reference'], reference, parameters[0]?.length ?? 0, 'columns of parameters');
    if (weights !== undefined && !(weights.reduce((sum, w) => sum + w, 0) > 0))
      context.addIssue({ code: 'custom', path: ['weights'], message: 'must have a positive sum' });
  });

function compute({ parameters, weights, reference }: z.infer<typeof input>) {
  const shares = sharesOf(weights ?? parameters.map(() => 1));
  const centre =
    reference ??
    parameters[0]!.map((_, j) => parameters.reduce((sum, row, i) => sum + shares[i]! * row[j]!, 0));
  const distances = parameterDistances(parameters, centre);
  const known = distances.flatMap((d) => d ?? []);
  const rows = parameters.map((row) => Float64Array.from(row));
  const still = parameters.flatMap((row, i) => (norm(row) > 0 ? [] : [i]));
  const cosine = pairTable(rows, cosineSimilarity);
  const reasons = [
    ...(known.length > 0 ? [] : ['distances are over the norm of the reference, which is 0']),
    ...(still.length > 0 ? [`models without a direction, all their parameters 0: ${still.join(', ')}`] : []),
  ];
  return {
    distances,
    meanDistance: known.length > 0 ? mean(known) : null,
    cosine: cosine.map((row) => row.map((c) => (Number.isFinite(c) ? c : null))),
    meanCosine: still.length > 0 ? null : pairMean(cosine),
    ...(reasons.length > 0 ? { undefinedBecause: reasons.join('; ') } : {}),
  };
}

export const parameterSimilarity = measure({
  summary: 'Parameter similarity: distance of every model to the federation’s, and the cosine of every pair.',
  formula: 'd_i = ‖θ_i − θ̄‖/‖θ̄‖, θ̄ the reference or the weighted mean; cos(θ_i, θ_j)',
  range: 'd ≥ 0; cosine in [−1, 1]',
  source: 'McMahan, Moore, Ramage, Hampson & Agüera y Arcas 2017, AISTATS',
  pitfall:
    'Networks with permuted units compute the same with far parameters: read it beside representations.',
  input,
  table: 'parameters',
  example: {
    parameters: [
      [3, 4],
      [3, 0],
      [0, 4],
    ],
    weights: [2, 1, 1],
  },
  compute,
});
