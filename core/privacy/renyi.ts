import { expm1, log, log1p, logSumExp, exp } from '../numeric.js';
import { fractionalExcess } from './fractional-moment.js';

/** ln(1 + e^x) without overflow. */
const log1pExp = (x: number): number => (x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)));

/** ln(e^x − 1) for x > 0, without overflow. */
const logExpm1 = (x: number): number => (x > 30 ? x + log1p(-exp(-x)) : log(expm1(x)));

/** ln(A − 1) at a whole order: the binomial terms from i = 2, as those below have no exponent and all add up to 1. */
function wholeExcess(order: number, rate: number, noise: number): number {
  let logCoefficient = log(order);
  const terms = Array.from({ length: order - 1 }, (_, k) => {
    const i = k + 2;
    logCoefficient += log((order - i + 1) / i);
    const weight = (order - i) * log1p(-rate) + i * log(rate);
    return logCoefficient + weight + logExpm1((i * i - i) / (2 * noise ** 2));
  });
  return logSumExp(terms);
}

/** Below this noise the quadrature of fractional orders would need more points than it is worth. */
const leastNoise = 0.05;

/** Rényi divergence of one round of the subsampled Gaussian mechanism at one order.
 * @formula ln A/(α−1), A = Σ_i C(α,i)(1−q)^{α−i} q^i e^{(i²−i)/2σ²} (whole α), else the Gaussian mean of (1−q+q e^{(2z−1)/2σ²})^α
 * @range   ≥ 0; α/2σ² without subsampling
 * @source  Mironov, Talwar & Zhang 2019 (arXiv 1908.10530)
 * @pitfall q is a Poisson rate and neighbours differ by adding or removing one member; at noise below 0.05, where ε is
 *          in the hundreds anyway, a fractional order is given the next whole one's value, which is not less
 */
export function renyiDivergence(order: number, sampleRate: number, noiseMultiplier: number): number {
  if (sampleRate === 0) return 0;
  if (sampleRate === 1) return order / (2 * noiseMultiplier ** 2);
  const reckoned = noiseMultiplier < leastNoise ? Math.ceil(order) : order;
  const excess = Number.isInteger(reckoned) ? wholeExcess : fractionalExcess;
  return log1pExp(excess(reckoned, sampleRate, noiseMultiplier)) / (reckoned - 1);
}
