import { z } from 'zod';
import { field, money } from '../../core/scenario/field.js';
import { pricesOf } from '../book.js';
import type { Intervention } from './act.js';
import { drawdownField, fallen } from './drawdown.js';
import { checkSpan, during, spanFields, spanText } from './span.js';
import { assetsField, assetsOf, checkAssets, targetText } from './targets.js';

const options = z.strictObject({
  amountUsd: field(money, 'How much is bought on a day, split by the value of floats.', 'USD per day'),
  drawdown: drawdownField,
  assets: assetsField,
  ...spanFields,
});

type Options = z.output<typeof options>;

/** The authority buys from the market, with the day's orders; what it bought, the outside book holds.
 * @pitfall what trading does not fill (an asset is closed, or halts) is not bought, and not made up for later
 * @source Gagnon, Raskin, Remache & Sack 2011, International Journal of Central Banking 7(1)
 */
export const assetPurchase: Intervention = {
  summary: 'The authority buys assets in the market, beside the day’s orders.',
  options,
  check(chosen, scenario) {
    const given = chosen as Options;
    return [...checkAssets(given.assets, scenario), ...checkSpan(given, scenario)];
  },
  on(chosen, view) {
    const { amountUsd, drawdown, assets, ...span } = chosen as Options;
    if (!during(span, view.day) || !fallen(drawdown, view)) return {};
    const bought = assetsOf(view.stage, assets);
    const price = pricesOf(view.world.prices);
    const value = bought.map((a) => view.stage.assets[a]!.floatUnits * price[a]!);
    const total = value.reduce((sum, x) => sum + x, 0);
    const told = {
      kind: 'asset-purchase',
      target: targetText(assets),
      amount: amountUsd,
      reason: `bought ${spanText(span)}`,
    };
    return {
      purchases: [
        {
          orders: bought.map((asset, row) => ({ asset, amountUsd: amountUsd * (value[row]! / total) })),
          told,
        },
      ],
    };
  },
};
