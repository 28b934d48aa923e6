import { z } from 'zod';
import { spanFields, spanText, type Span } from './span.js';
import { standingRule } from './standing-rule.js';
import { assetsField, assetsOf, overAssets } from './targets.js';

const options = z.strictObject({ assets: assetsField, ...spanFields });

/** Nobody may go short, or further short, of an asset; positions that are short may stay.
 * @source Beber & Pagano 2013, Journal of Finance 68(1) (bans of 2008 cost liquidity and did not support prices)
 */
export const shortSaleBan = standingRule<z.output<typeof options> & Span>({
  kind: 'short-sale-ban',
  summary: 'Nobody may go short, or further short; positions that are short may stay.',
  options,
  over: overAssets,
  rivals: ['short-sale-ban'],
  detail: () => 'short sales are banned',
  acts: ({ assets, ...span }, { stage }) => ({
    shortBans: new Map(assetsOf(stage, assets).map((a) => [a, `short sales are banned ${spanText(span)}`])),
  }),
});
