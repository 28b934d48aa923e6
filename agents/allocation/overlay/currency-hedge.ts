import { z } from 'zod';
import { nonNegative, share } from '../../../core/measure-input.js';
import type { AssetTags } from '../../../core/asset-tags.js';
import { field } from '../../../core/scenario/field.js';
import { overlayRule, positionNamed, unknownTag } from './rule.js';

const options = z.strictObject({
  hedges: field(
    z.record(z.string().regex(/^[A-Z]{3}$/), z.string()),
    'The asset whose price is that of a currency in the base, by currency',
    'asset id by ISO 4217',
  ),
  ratio: field(share.default(1), 'Share of what is held in a currency that is hedged', 'share'),
  maxShort: field(
    nonNegative.default(1),
    'Largest short position it may take in each hedge',
    'share of equity',
  ),
});

/** Sells each foreign currency that the portfolio holds through its assets.
 * @formula w_h(c) ← max(−maxShort, w_h(c) − ratio · Σ_{i of currency c, i ≠ h} wᵢ)
 * @source  Perold & Schulman 1988, Financial Analysts Journal 44(3)
 * @pitfall the hedge is an asset of the universe that follows the currency, so it must be one that may be sold short
 */
export const currencyHedge = overlayRule({
  summary: 'Short positions that take out the currencies of foreign assets.',
  source: 'Perold & Schulman 1988, Financial Analysts Journal 44(3)',
  options,
  problems: ({ hedges }, assets) =>
    Object.entries(hedges).flatMap(([currency, id]) => [
      ...unknownTag(['hedges', currency], 'id', id, assets),
      ...unknownTag(['hedges', currency], 'currency', currency, assets),
    ]),
  limit: ({ hedges, ratio, maxShort }, assets: readonly AssetTags[]) => {
    const pairs = Object.entries(hedges).map(([currency, id]) => ({
      currency,
      h: positionNamed(assets, id),
    }));
    return (weights) => {
      const hedged = weights.slice();
      for (const { currency, h } of pairs) {
        const held = assets.reduce(
          (sum, asset, i) => sum + (i !== h && asset.currency === currency ? weights[i]! : 0),
          0,
        );
        hedged[h] = Math.max(-maxShort, weights[h]! - ratio * held);
      }
      return hedged;
    };
  },
});
