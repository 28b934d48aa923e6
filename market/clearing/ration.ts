import type { Wave } from './mechanism.js';

/** Shares of an asset's buys and of its sells that are filled. */
export interface Shares {
  readonly buy: number;
  readonly sell: number;
}

export const NOTHING: Shares = { buy: 0, sell: 0 };

/** Shares of buys and sells that leave a net flow of `net`: the side with too much is cut, the other is not.
 * @range both in [0, 1]
 */
export function sharesFor(wave: Wave, k: number, a: number, net: number): Shares {
  const { bought, sold } = demandOf(wave, k, a);
  const wanted = bought - sold;
  if (net < wanted) return { buy: clip((sold + net) / bought), sell: 1 };
  if (net > wanted) return { buy: 1, sell: clip((bought - net) / sold) };
  return { buy: 1, sell: 1 };
}

/** Buys and sells of one asset, units without sign, estates included. */
function demandOf({ orders, estates }: Wave, k: number, a: number): { bought: number; sold: number } {
  let bought = Math.max(0, estates[a]!);
  let sold = Math.max(0, -estates[a]!);
  for (let at = a; at < orders.units.length; at += k) {
    const q = orders.units[at]!;
    if (q > 0) bought += q;
    else sold -= q;
  }
  return { bought, sold };
}

const clip = (share: number): number => Math.min(1, Math.max(0, share));

/** The fills that shares leave, by asset; assets without an entry are filled whole. */
export function rationed(
  { orders, estates }: Wave,
  k: number,
  shares: ReadonlyMap<number, Shares>,
): { readonly filled: Float64Array; readonly estates: Float64Array } {
  if (shares.size === 0) return { filled: orders.units, estates };
  const cut = (units: Float64Array): Float64Array =>
    units.map((q, at) => {
      const share = shares.get(at % k);
      return share === undefined || q === 0 ? q : q * (q > 0 ? share.buy : share.sell);
    });
  return { filled: cut(orders.units), estates: cut(estates) };
}

/** What an order has got: all of it where no more than rounding is left. */
export const whole = (traded: number, wanted: number): number =>
  Math.abs(traded) >= (1 - 1e-12) * Math.abs(wanted) ? wanted : traded;
