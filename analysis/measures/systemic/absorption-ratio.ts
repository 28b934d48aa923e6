import { z } from 'zod';
import { matrix, positive } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { covariance, fromRows, symmetricEigen } from '../../../core/linear.js';
import { pow, sum } from '../../../core/numeric.js';

type Rows = readonly (readonly number[])[];

const sampleCovariance = (returns: Rows): Float64Array =>
  covariance(fromRows(returns), returns.length, returns[0]!.length);

function correlationMatrix(returns: Rows): Float64Array {
  const k = returns[0]!.length;
  const sigma = sampleCovariance(returns);
  const stdDev = Float64Array.from({ length: k }, (_, i) => Math.sqrt(sigma[i * k + i]!));
  const flat = stdDev.findIndex((value) => value === 0);
  if (flat >= 0)
    throw new MeasureInputError(`column ${flat} does not vary: it has no correlation`, ['returns']);
  return sigma.map((value, at) => value / (stdDev[Math.floor(at / k)]! * stdDev[at % k]!));
}

/** Covariance under weights that halve every `halfLife` days into the past, about the weighted mean.
 * @formula Σ_t w_t (r_t − μ_w)(r_t − μ_w)', w ∝ 2^{−age/halfLife}, Σw = 1
 */
export function exponentialCovariance(returns: Rows, halfLife: number): Float64Array {
  const [T, k] = [returns.length, returns[0]!.length];
  const raw = Float64Array.from({ length: T }, (_, t) => pow(2, -(T - 1 - t) / halfLife));
  const total = sum(raw);
  const centre = new Float64Array(k);
  returns.forEach((row, t) => row.forEach((value, i) => (centre[i]! += (raw[t]! / total) * value)));
  const sigma = new Float64Array(k * k);
  returns.forEach((row, t) => {
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++)
        sigma[i * k + j]! += (raw[t]! / total) * (row[i]! - centre[i]!) * (row[j]! - centre[j]!);
  });
  return sigma;
}

/** Share of variance that the largest `components` eigenvalues hold, and all eigenvalues, falling.
 * @formula Σ_{i≤n} λ_i / Σ λ_i
 * @shape   sigma (k,k) flat
 * @range   [components/k, 1]
 * @source  Kritzman, Li, Page & Rigobon 2011, Journal of Portfolio Management 37(4)
 * @pitfall of the covariance: on correlations it is another number
 */
export function absorption(sigma: Float64Array, k: number, components: number) {
  const eigenvalues = Array.from(symmetricEigen(sigma, k).values);
  return { ratio: sum(eigenvalues.slice(0, components)) / sum(eigenvalues), eigenvalues };
}

const estimators = {
  covariance: sampleCovariance,
  correlation: correlationMatrix,
  exponential: (returns: Rows, halfLife: number | undefined) => exponentialCovariance(returns, halfLife!),
} satisfies Record<string, (returns: Rows, halfLife: number | undefined) => Float64Array>;

const names = Object.keys(estimators) as (keyof typeof estimators)[];

const input = z
  .strictObject({
    returns: matrix.refine((rows) => rows.length >= 2, 'needs at least 2 days'),
    fraction: positive.max(1, 'must lie in (0, 1]').default(0.2),
    estimator: z.enum(names, `must be one of ${names.join(', ')}`).default('covariance'),
    halfLife: positive.optional(),
  })
  .superRefine(({ estimator, halfLife }, context) => {
    if ((estimator === 'exponential') === (halfLife !== undefined)) return;
    const message =
      halfLife === undefined
        ? 'is required by the exponential estimator'
        : 'belongs to the exponential estimator';
    context.addIssue({ code: 'custom', path: ['halfLife'], message });
  });

function compute({ returns, fraction, estimator, halfLife }: z.infer<typeof input>) {
  const k = returns[0]!.length;
  const sigma = estimators[estimator](returns, halfLife);
  const components = Math.max(1, Math.round(fraction * k));
  if (!sigma.some((value, at) => at % (k + 1) === 0 && value > 0))
    throw new MeasureInputError('no asset varies: there is no variance to absorb', ['returns']);
  return { ...absorption(sigma, k, components), components };
}

export const absorptionRatio = measure({
  summary: 'Absorption ratio: share of all variance that a few common factors hold.',
  formula: 'Σ_{i≤n} λ_i / Σ λ_i, n = round(fraction · k)',
  range: '[n/k, 1]; high is a tightly coupled market',
  source: 'Kritzman, Li, Page & Rigobon 2011, Journal of Portfolio Management 37(4)',
  pitfall:
    'Of the covariance by default; on correlations it is another number. At least one component is counted.',
  input,
  table: 'returns',
  example: {
    returns: [
      [0.01, 0.02, 0.01],
      [-0.02, -0.01, -0.03],
      [0.03, 0.01, 0.02],
      [0, -0.03, 0.01],
    ],
    fraction: 0.34,
  },
  compute,
});
