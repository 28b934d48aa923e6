import { tabulate } from '../../../core/slab.js';
import type { Limit } from '../overlay.js';
import { portfolioVariance } from '../portfolio-risk.js';

/** Scales all weights down so that the portfolio's daily volatility does not exceed the target.
 * @formula w · min(1, target / √(w′Σw))
 * @source  Harvey, Hoyle, Korgaonkar, Rattray, Sargaison & Van Hemert 2018, Journal of Portfolio Management 45(1)
 * @pitfall it never levers up: the strategy `volatility-target` does
 */
export function volatilityTarget(target: number): Limit {
  return (weights, { covariance }) => {
    const volatility = Math.sqrt(portfolioVariance(weights, covariance));
    return volatility <= target
      ? weights
      : tabulate(weights.length, (i) => (weights[i]! * target) / volatility);
  };
}
