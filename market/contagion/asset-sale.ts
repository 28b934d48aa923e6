import { noStress, type Stress, type Transmission } from './channel.js';
import { product, transposedProduct } from './product.js';
import type { StressSystem } from './stress-system.js';

/** How much each institution wants to raise by selling (n), at the prices that result. */
export type AmountToRaise = (total: Stress, amount: Float64Array) => void;

/** Sales of all assets pro rata, by everybody at once, settled at the prices that result. */
export interface AssetSale {
  /** Share of its units that each sells (n). */
  readonly shares: (total: Stress, own: Stress) => Float64Array;
  readonly transmit: Transmission;
}

/** Prices of the assets (k), of 1, after the shock and after so much was sold (k). */
export function pricesAfter(
  { impact, shock }: Pick<StressSystem, 'impact' | 'shock'>,
  sold: Float64Array,
): Float64Array {
  return sold.map((quantity, a) => (1 + shock[a]!) * impact[a]!(quantity));
}

/** Value of the holdings (n) after the shock, before any sale. */
export function shockedHoldings({ holdings, shock }: StressSystem): Float64Array {
  const value = new Float64Array(holdings.rows);
  product(
    holdings,
    shock.map((r) => 1 + r),
    value,
  );
  return value;
}

/** What the fall from the shocked price costs each holder (n), sold units included, when shares are sold. */
function lossesFrom(system: StressSystem, shares: Float64Array, out: Float64Array): void {
  const sold = new Float64Array(system.holdings.columns);
  transposedProduct(system.holdings, shares, sold);
  const fall = pricesAfter(system, sold).map((price, a) => 1 + system.shock[a]! - price);
  product(system.holdings, fall, out);
}

/** A rule of how much to raise becomes a channel's pass.
 *
 * Holdings are worth what they were after the shock less what falling prices have cost their holder, which is
 * what this channel itself has caused: so the losses alone are the state, and prices follow from them.
 */
export function assetSale(system: StressSystem, amountToRaise: AmountToRaise): AssetSale {
  const shocked = shockedHoldings(system);
  const amount = new Float64Array(shocked.length);
  const shares = (total: Stress, own: Stress): Float64Array => {
    amountToRaise(total, amount);
    return amount.map((raise, i) => {
      const worth = shocked[i]! - own.losses[i]!;
      return raise <= 0 ? 0 : raise < worth ? raise / worth : 1;
    });
  };
  return {
    shares,
    transmit: (total, own, caused) => lossesFrom(system, shares(total, own), caused.losses),
  };
}

/** Everybody has sold everything. */
export function allSold(system: StressSystem): Stress {
  const worst = noStress(system.holdings.rows);
  lossesFrom(system, new Float64Array(system.holdings.rows).fill(1), worst.losses);
  return worst;
}
