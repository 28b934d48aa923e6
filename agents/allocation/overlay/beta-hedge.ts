import { z } from 'zod';
import { nonNegative, share } from '../../../core/measure-input.js';
import { field } from '../../../core/scenario/field.js';
import { StrategyFailed } from '../strategy-failed.js';
import { overlayRule, positionNamed, unknownTag } from './rule.js';

/** Sells what an asset that stands for the market explains of the portfolio.
 * @formula w_h ← max(−maxShort, w_h − ratio · β), β = (w′Σ)_h / Σ_hh
 * @source  Ederington 1979, Journal of Finance 34(1) (minimum-variance hedge)
 * @pitfall β is the risk model's: a poor covariance hedges poorly
 */
export const betaHedge = overlayRule({
  summary: 'A short position in one asset that takes out the portfolio’s beta on it.',
  source: 'Ederington 1979, Journal of Finance 34(1)',
  options: z.strictObject({
    asset: field(z.string(), 'The asset that is sold', 'asset id'),
    ratio: field(share.default(1), 'Share of the beta that is hedged', 'share'),
    maxShort: field(
      nonNegative.default(1),
      'Largest short position it may take in the asset',
      'share of equity',
    ),
  }),
  problems: ({ asset }, assets) => unknownTag(['asset'], 'id', asset, assets),
  limit: ({ asset, ratio, maxShort }, assets) => {
    const h = positionNamed(assets, asset);
    return (weights, { covariance }) => {
      const k = weights.length;
      if (!(covariance[h * k + h]! > 0))
        throw new StrategyFailed(`the hedge ${asset} has no past to measure beta on`);
      let shared = 0;
      for (let i = 0; i < k; i++) shared += weights[i]! * covariance[i * k + h]!;
      const hedged = weights.slice();
      hedged[h] = Math.max(-maxShort, weights[h]! - (ratio * shared) / covariance[h * k + h]!);
      return hedged;
    };
  },
});
