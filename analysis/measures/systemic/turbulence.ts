import { z } from 'zod';
import { matrix } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { covariance, fromRows } from '../../../core/linear.js';
import { dot, mean } from '../../../core/numeric.js';
import { scaledCholesky } from '../../../core/scaled-cholesky.js';

/** Squared Mahalanobis distance of each day's returns from their mean; null where assets are collinear.
 * @formula d_t = (r_t − μ)'Σ⁻¹(r_t − μ), in sample
 * @shape   returns (T) rows of (k), T > k; Σ with T − ddof
 * @range   d ≥ 0; mean k (T−1)/T for ddof 1, k for ddof 0
 * @source  Kritzman & Li 2010, Financial Analysts Journal 66(5)
 * @pitfall in sample: the mean says nothing, only the days do
 */
export function turbulenceOf(returns: readonly (readonly number[])[], ddof = 1): number[] | null {
  const [T, k] = [returns.length, returns[0]!.length];
  const centre = Array.from({ length: k }, (_, j) => mean(returns.map((row) => row[j]!)));
  const factored = scaledCholesky(covariance(fromRows(returns), T, k, ddof), k);
  if (factored === null) return null;
  return returns.map((row) => {
    const distance = row.map((value, j) => value - centre[j]!);
    return dot(distance, factored.solve(distance));
  });
}

const input = z
  .strictObject({
    returns: matrix,
    ddof: z.literal([0, 1], 'must be 0 or 1').default(1),
  })
  .superRefine(({ returns }, context) => {
    const k = returns[0]?.length ?? 0;
    if (returns.length <= k)
      context.addIssue({
        code: 'custom',
        path: ['returns'],
        message: `has ${returns.length} days for ${k} assets: the covariance has an inverse only with more days than assets`,
      });
  });

export const turbulence = measure({
  summary: "Turbulence: how unusual each day's returns are, given their usual variances and correlations.",
  formula: "d_t = (r_t − μ)'Σ⁻¹(r_t − μ), in sample",
  range: 'd ≥ 0; mean k(T−1)/T for ddof 1',
  source: 'Kritzman & Li 2010, Financial Analysts Journal 66(5)',
  pitfall: 'In sample, so its mean carries no information; needs more days than assets.',
  input,
  table: 'returns',
  example: {
    returns: [
      [0.01, 0.02],
      [-0.02, -0.01],
      [0.03, 0.01],
      [0, -0.03],
    ],
  },
  compute: ({ returns, ddof }: z.infer<typeof input>) => {
    const distances = turbulenceOf(returns, ddof);
    if (distances === null)
      throw new MeasureInputError(
        'an asset is constant or a combination of others: the covariance is singular',
        ['returns'],
      );
    return { turbulence: distances, mean: mean(distances) };
  },
});
