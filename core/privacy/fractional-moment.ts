import { exp, expm1, log, log1p, logSumExp } from '../numeric.js';

/** (1+u)^α − 1 − αu for small u, by its own series: the closed form would cancel. */
function smallExcess(order: number, u: number): number {
  let [term, sum] = [order * u, 0];
  for (let k = 2; k < 40 && term !== 0; k++) {
    term *= ((order - k + 1) * u) / k;
    sum += term;
    if (Math.abs(term) <= 1e-17 * Math.abs(sum)) break;
  }
  return sum;
}

/** ln((1+u)^α − 1 − αu), u = q(e^x − 1): how far the moment's integrand lies above its tangent; −∞ at u = 0. */
function logExcess(order: number, rate: number, x: number): number {
  const u = rate * expm1(x);
  if (Math.abs(u) < 0.02) return log(smallExcess(order, u));
  const growth = u < Number.MAX_VALUE ? log1p(u) : log(rate) + x;
  const power = order * growth;
  if (power < 30) return log(expm1(power) - order * u);
  return power + log1p((order - 1) * exp(-power) - order * exp(growth - power));
}

/** ln(A − 1) at a fractional order, by the trapezoidal rule.
 * @formula A − 1 = E_{z~N(0,σ²)}[(1+u)^α − 1 − αu], u = q(e^{(2z−1)/2σ²} − 1), as E u = 0
 * @source  Mironov, Talwar & Zhang 2019 (arXiv 1908.10530), section 3.3, whose signed series has this sum
 * @pitfall every term is positive, so nothing cancels; the rule converges geometrically as the integrand is
 *          analytic within πσ² of the real line, and the step follows from that
 */
export function fractionalExcess(order: number, rate: number, noise: number): number {
  const step = Math.min(noise / 8, noise ** 2 / 2);
  const [from, to] = [-14 * noise, order + 14 * noise];
  const points = Math.ceil((to - from) / step) + 1;
  const terms = Float64Array.from({ length: points }, (_, k) => {
    const z = from + k * step;
    return logExcess(order, rate, (2 * z - 1) / (2 * noise ** 2)) - z ** 2 / (2 * noise ** 2);
  });
  return logSumExp(terms) + log(step / noise) - 0.5 * log(2 * Math.PI);
}
