import { z } from 'zod';
import type { Mandate, OrdersView } from './mandate.js';
import { heldShares, openingOf } from './opening-roster.js';

const options = z.strictObject({
  maxShare: z.number().gt(0).max(1).meta({
    description: "Largest share of an asset's units that institutions may buy up to together.",
    unit: 'share of float',
  }),
});

/** Purchases of each asset are cut in one proportion so that, with what all hold, they stay at the limit;
 * sales are counted as if they came first. Nobody is made to sell. */
function permit({ maxShare }: z.output<typeof options>, { assets, orders, held, float }: OrdersView) {
  const allowed = orders.slice();
  for (let k = 0; k < assets; k++) {
    let [position, purchases] = [held[k]!, 0];
    for (let at = k; at < orders.length; at += assets) {
      position += Math.min(0, orders[at]!);
      purchases += Math.max(0, orders[at]!);
    }
    const room = Math.max(0, maxShare * float[k]! - position);
    if (purchases <= room) continue;
    for (let at = k; at < orders.length; at += assets)
      if (orders[at]! > 0) allowed[at] = orders[at]! * (room / purchases);
  }
  return { orders: allowed, reason: `institutions may hold at most ${maxShare} of an asset together` };
}

/** Limit on the share of an asset that institutions hold together; purchases above it are cut pro rata.
 * @source Khandani & Lo 2011, Journal of Financial Markets 14(1) (crowded positions unwind together)
 * @pitfall what it costs is tracking: a cut purchase is a bet forgone; it binds purchases, never forces sales
 */
export const crowdingLimit = {
  summary:
    'Limits the share of an asset that institutions hold together; purchases above it are cut pro rata.',
  source: 'Khandani & Lo 2011, Journal of Financial Markets 14(1)',
  options,
  notes: ({ maxShare }, scenario) => {
    const opening = openingOf(scenario);
    if (!opening) return [];
    const above = Array.from(heldShares(opening.stage, opening.world), (share, k) => ({
      id: opening.stage.assets[k]!.id,
      share,
    })).filter(({ share }) => share > Number(maxShare) + 1e-12);
    if (above.length === 0) return [];
    const named = above.map(({ id, share }) => `${(100 * share).toFixed(1)}% of ${id}`).join(', ');
    return [
      `${Number(maxShare)} is below what institutions hold on the first morning (${named}): it is not met until sales have brought that down, and nobody is made to sell`,
    ];
  },
  permit,
} satisfies Mandate;
