/** Variance of the inverse-variance portfolio of some assets.
 * @formula v′Σv, vᵢ = Σᵢᵢ⁻¹ / Σⱼ Σⱼⱼ⁻¹
 * @source  López de Prado 2016, Journal of Portfolio Management 42(4)
 */
export function clusterVariance(covariance: Float64Array, k: number, assets: readonly number[]): number {
  const precisions = assets.map((i) => 1 / covariance[i * k + i]!);
  let total = 0;
  let variance = 0;
  assets.forEach((i, a) => {
    total += precisions[a]!;
    let marginal = 0;
    for (let b = 0; b < assets.length; b++) marginal += covariance[i * k + assets[b]!]! * precisions[b]!;
    variance += precisions[a]! * marginal;
  });
  return variance / total ** 2;
}
