import { correlation, log, mean } from '../../../core/numeric.js';

/** Autocorrelation at lags 1 to `lags`, denominators from the whole sample.
 * @formula ρ_τ = Σ_{t<T−τ} c_t c_{t+τ} / Σ_t c_t², c = x − x̄
 * @range   [−1, 1]
 * @pitfall biased towards 0 at long lags: T−τ products over T squares
 */
export function autocorrelation(values: ArrayLike<number>, lags: number): number[] {
  const centre = mean(values);
  const c = Float64Array.from(values, (value) => value - centre);
  const lagged = (lag: number): number => {
    let total = 0;
    for (let t = lag; t < c.length; t++) total += c[t]! * c[t - lag]!;
    return total;
  };
  const all = lagged(0);
  return Array.from({ length: lags }, (_, i) => lagged(i + 1) / all);
}

/** Exponent of a power law through positive autocorrelations at lags 1, 2, ...; null with fewer than two of them.
 * @formula −slope of ln ρ_τ on ln τ, least squares
 * @range   0.1 to 0.5 for |r| of daily returns (slow decay)
 * @pitfall lags with ρ ≤ 0 have no logarithm and are left out
 */
export function decayExponent(correlations: readonly number[]): number | null {
  const points = correlations.map((rho, i) => ({ rho, lag: i + 1 })).filter(({ rho }) => rho > 0);
  if (points.length < 2) return null;
  const x = points.map(({ lag }) => log(lag));
  const y = points.map(({ rho }) => log(rho));
  const centre = mean(x);
  const slope = (of: readonly number[]): number => of.reduce((sum, v, i) => sum + (x[i]! - centre) * v, 0);
  return -slope(y) / slope(x);
}

/** How returns move later volatility (Bouchaud's leverage function), at lags 1 to `lags`.
 * @formula L(τ) = E[c_t c²_{t+τ}] / Var²
 * @range   negative where falls raise volatility; about −30 for daily returns of an index
 * @source  Bouchaud, Matacz & Potters 2001, Physical Review Letters 87
 * @pitfall not a correlation: it has the unit of 1/return
 */
export function leverageFunction(returns: ArrayLike<number>, lags: number): number[] {
  const centre = mean(returns);
  const c = Float64Array.from(returns, (value) => value - centre);
  const variance = c.reduce((sum, value) => sum + value ** 2, 0) / c.length;
  return Array.from({ length: lags }, (_, i) => {
    let total = 0;
    for (let t = i + 1; t < c.length; t++) total += c[t - i - 1]! * c[t]! ** 2;
    return total / (c.length - i - 1) / variance ** 2;
  });
}

/** Correlation of returns with later squared returns, at lags 1 to `lags`; null where it is undefined.
 * @formula corr(r_t, r²_{t+τ})
 * @range   [−1, 1]; about −0.1 at lag 1 for daily returns of an index
 */
export function leverageCorrelation(returns: Float64Array, lags: number): (number | null)[] {
  const squares = returns.map((value) => value ** 2);
  return Array.from({ length: lags }, (_, i) => {
    const value = correlation(returns.subarray(0, returns.length - i - 1), squares.subarray(i + 1));
    return Number.isNaN(value) ? null : value;
  });
}
