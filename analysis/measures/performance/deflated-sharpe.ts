import { normalCdf, normalQuantile, variance } from '../../../core/numeric.js';
import { moments } from './moments.js';

/** Euler's constant. */
const euler = 0.5772156649015329;

/** Sharpe ratio per period.
 * @formula mean(r) / sd(r), sd with T
 */
export function sharpePerPeriod(returns: ArrayLike<number>): number {
  const { mean, variance: spread } = moments(returns);
  return mean / Math.sqrt(spread);
}

/** Highest Sharpe ratio that the best of several tries would show by luck alone.
 * @formula √V · ((1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e))), V the variance of the tries' Sharpe ratios
 * @range   0 for a single try
 * @source  Bailey & López de Prado 2014, Journal of Portfolio Management 40(5)
 * @pitfall tries that resemble each other count as fewer: with all of them N is an upper bound
 */
export const luckySharpe = (tries: number, spread: number): number =>
  tries < 2
    ? 0
    : Math.sqrt(spread) *
      ((1 - euler) * normalQuantile(1 - 1 / tries) +
        euler * normalQuantile(1 - 1 / (tries * 2.718281828459045)));

/** The same from the Sharpe ratios of all tries. */
export const luckOf = (sharpes: ArrayLike<number>): number =>
  luckySharpe(sharpes.length, sharpes.length < 2 ? 0 : variance(sharpes, 1));

/** What the error of a Sharpe ratio depends on; all per period. */
export interface SharpeSample {
  readonly sharpe: number;
  readonly skewness: number;
  /** Plain kurtosis: 3 for normal returns. */
  readonly kurtosis: number;
  readonly observations: number;
}

/** A sample of returns as what its Sharpe ratio depends on. */
export function sharpeSample(returns: ArrayLike<number>): SharpeSample {
  const { skewness, excessKurtosis } = moments(returns);
  return {
    sharpe: sharpePerPeriod(returns),
    skewness,
    kurtosis: excessKurtosis + 3,
    observations: returns.length,
  };
}

/** Probability that the true Sharpe ratio exceeds a threshold, given how short, skewed and fat-tailed the returns are.
 * @formula Φ((S − S₀)√(T − 1) / √(1 − γ₃S + (γ₄ − 1)S²/4)), S per period, γ₄ plain kurtosis
 * @range   [0, 1]; with S₀ the luck of the best of N tries it is the deflated Sharpe ratio
 * @source  Bailey & López de Prado 2012, Journal of Risk 15(2); 2014, Journal of Portfolio Management 40(5)
 * @pitfall assumes returns without autocorrelation
 */
export function probabilisticSharpe(
  { sharpe, skewness, kurtosis, observations }: SharpeSample,
  threshold: number,
): number {
  const spread = 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
  return normalCdf(((sharpe - threshold) * Math.sqrt(observations - 1)) / Math.sqrt(spread));
}
