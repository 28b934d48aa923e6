import { z } from 'zod';
import { covariance } from '../../../core/linear.js';
import { sum } from '../../../core/numeric.js';
import { assetsOf, centred, estimator } from './estimator.js';
import { productVariances, shrink, squaredDistance } from './shrink.js';

/** Ledoit-Wolf shrinkage towards equal correlations.
 * @formula (1 − s)S + sF, Fᵢⱼ = r̄√(SᵢᵢSⱼⱼ), Fᵢᵢ = Sᵢᵢ; s = clip((π − ρ)/(γT), 0, 1)
 * @shape   returns (T,k); S with 1/T; result (k,k)
 * @range   0 ≤ s ≤ 1
 * @source  Ledoit & Wolf 2004, Journal of Portfolio Management 30(4), appendix B
 * @pitfall with two assets the target is the sample, and s is 0
 */
export const ledoitWolfConstantCorrelation = estimator({
  summary: 'The sample covariance shrunk towards equal correlations.',
  source: 'Ledoit & Wolf 2004, Journal of Portfolio Management 30(4)',
  options: z.strictObject({}),
  estimate: (returns) => {
    const k = assetsOf(returns);
    const sample = covariance(returns.values, returns.rows, k, 0);
    const average = averageCorrelation(sample, k);
    const target = equalCorrelation(sample, average, k);
    const misfit = squaredDistance(sample, target);
    if (k < 3 || misfit === 0) return { covariance: sample, shrinkage: 0 };
    const errors = productVariances(centred(returns), sample, returns.rows);
    const shared = targetCovariance(centred(returns), sample, errors, average);
    const shrinkage = Math.max(0, Math.min(1, (sum(errors) - shared) / misfit / returns.rows));
    return { covariance: shrink(sample, target, shrinkage), shrinkage };
  },
});

function averageCorrelation(sample: Float64Array, k: number): number {
  let total = 0;
  for (let i = 0; i < k; i++)
    for (let j = 0; j < i; j++)
      total += sample[i * k + j]! / Math.sqrt(sample[i * k + i]! * sample[j * k + j]!);
  return (2 * total) / (k * (k - 1));
}

function equalCorrelation(sample: Float64Array, correlation: number, k: number): Float64Array {
  return sample.map((value, at) => {
    const [i, j] = [Math.floor(at / k), at % k];
    return i === j ? value : correlation * Math.sqrt(sample[i * k + i]! * sample[j * k + j]!);
  });
}

/** ρ: how far errors of the target go with errors of the sample.
 * @formula Σᵢ πᵢᵢ + r̄ Σ_{i≠j} √(Sⱼⱼ/Sᵢᵢ) (mean of xᵢ³xⱼ − SᵢᵢSᵢⱼ)
 */
function targetCovariance(
  x: Float64Array,
  sample: Float64Array,
  errors: Float64Array,
  correlation: number,
): number {
  const k = Math.round(Math.sqrt(sample.length));
  const rows = x.length / k;
  let total = 0;
  for (let i = 0; i < k; i++) {
    total += errors[i * k + i]!;
    const variance = sample[i * k + i]!;
    for (let j = 0; j < k; j++) {
      if (j === i) continue;
      let cube = 0;
      for (let t = 0; t < rows; t++) cube += x[t * k + i]! ** 3 * x[t * k + j]!;
      const joint = cube / rows - variance * sample[i * k + j]!;
      total += correlation * Math.sqrt(sample[j * k + j]! / variance) * joint;
    }
  }
  return total;
}
