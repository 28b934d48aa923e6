import { exp, lgamma, log, normalCdf } from '../../core/numeric.js';
import { studentQuantile } from './student-quantile.js';

/** Simpson's nodes: enough for ten digits of power. */
const nodes = 800;

/** Density of s = √(χ²_ν/ν); at 0 its limit, which is not 0 for one degree of freedom. */
const scaledChi = (s: number, df: number): number =>
  exp(
    log(2) + (df / 2) * log(df / 2) - lgamma(df / 2) + (df - 1) * log(Math.max(s, 1e-300)) - (df * s * s) / 2,
  );

/** Chance that a two-sided paired t-test sees an effect.
 * @formula P(|T| > t_{n−1, 1−α/2}), T noncentral t with ν = n − 1 and noncentrality √n · effect/stdDev
 * @range   [α, 1]; n ≥ 2
 * @source  Owen 1965, Biometrika 52(3/4), by integrating over the chi law
 */
export function power(n: number, standardisedEffect: number, alpha = 0.05): number {
  const df = n - 1;
  const critical = studentQuantile(1 - alpha / 2, df);
  const shift = Math.sqrt(n) * Math.abs(standardisedEffect);
  const reach = 12 / Math.sqrt(2 * df);
  const [from, to] = [Math.max(0, 1 - reach), 1 + reach];
  const step = (to - from) / nodes;
  const seen = (s: number): number => normalCdf(shift - critical * s) + normalCdf(-shift - critical * s);
  let total = 0;
  for (let i = 0; i <= nodes; i++) {
    const s = from + i * step;
    const weight = i === 0 || i === nodes ? 1 : i % 2 === 1 ? 4 : 2;
    total += weight * seen(s) * scaledChi(s, df);
  }
  return (total * step) / 3;
}

/** Fewest paired replications with which an effect of a size, in standard deviations of the paired difference,
 * is seen with the wanted chance; null above a million.
 * @source as `power`
 */
export function replicationsFor(standardisedEffect: number, wanted = 0.8, alpha = 0.05): number | null {
  let high = 2;
  while (power(high, standardisedEffect, alpha) < wanted) {
    high *= 2;
    if (high > 1e6) return null;
  }
  let low = Math.max(2, high / 2);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (power(middle, standardisedEffect, alpha) < wanted) low = middle + 1;
    else high = middle;
  }
  return high;
}
