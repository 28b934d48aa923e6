import { symmetricEigen } from '../../core/linear.js';

/** Loadings of standardised returns on their first principal components.
 *
 * @formula R = V Λ Vᵀ, b_kf = √λ_f v_kf, each component signed so that its loadings sum to at least 0
 * @shape   returns: one array of equal length per asset; result (assets, factors) row-major
 * @range   Σ_f b_kf² in [0, 1]
 * @source  Connor & Korajczyk 1988, Journal of Financial Economics 21(2)
 */
export function principalLoadings(returns: readonly Float64Array[], factors: number): Float64Array {
  const k = returns.length;
  const { values, vectors } = symmetricEigen(correlations(returns), k);
  const loadings = new Float64Array(k * factors);
  for (let f = 0; f < factors; f++) {
    let total = 0;
    for (let a = 0; a < k; a++) total += vectors[a * k + f]!;
    const scale = Math.sqrt(Math.max(0, values[f]!)) * (total < 0 ? -1 : 1);
    for (let a = 0; a < k; a++) loadings[a * factors + f] = scale * vectors[a * k + f]!;
  }
  return loadings;
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((total, x) => total + x, 0) / values.length;
  const size = Math.sqrt(values.reduce((total, x) => total + (x - mean) ** 2, 0));
  return values.map((x) => (x - mean) / size);
}

function correlations(returns: readonly Float64Array[]): Float64Array {
  const z = returns.map(standardised);
  const k = z.length;
  const matrix = new Float64Array(k * k);
  for (let a = 0; a < k; a++)
    for (let b = 0; b <= a; b++) {
      const r = a === b ? 1 : z[a]!.reduce((total, x, t) => total + x * z[b]![t]!, 0);
      matrix[a * k + b] = r;
      matrix[b * k + a] = r;
    }
  return matrix;
}
