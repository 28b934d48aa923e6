import type { Standardised } from './standardise.js';

/** Tomorrow's covariance from tomorrow's volatilities and the correlations of a second-moment matrix.
 * @formula Σᵢⱼ = σᵢσⱼ Qᵢⱼ/√(QᵢᵢQⱼⱼ)
 */
export function correlationForecast({ k, volatilities }: Standardised, moment: Float64Array): Float64Array {
  return moment.map((value, at) => {
    const [i, j] = [Math.floor(at / k), at % k];
    if (i === j) return volatilities[i]! ** 2;
    return (volatilities[i]! * volatilities[j]! * value) / Math.sqrt(moment[i * k + i]! * moment[j * k + j]!);
  });
}
