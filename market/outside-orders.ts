import type { Stage } from '../core/types.js';
import type { Session } from './clearing/mechanism.js';
import { notify, type Draft } from './draft.js';
import type { Acts } from './interventions/act.js';
import { isUnfilled, unfilledReason } from './unfilled.js';

/** What the outside book brings to the market in signed units: what it sells of estates, and what the authority buys. */
export interface OutsideOrders {
  readonly estates: Float64Array;
  /** Absent where the authority buys nothing. */
  readonly bought: Float64Array | undefined;
}

/** What the authority buys today, at the last close; undefined: nothing. */
export function purchasesOf({ purchases }: Acts, last: Float64Array): Float64Array | undefined {
  if (purchases.length === 0) return undefined;
  const units = new Float64Array(last.length);
  for (const { orders } of purchases)
    for (const { asset, amountUsd } of orders) units[asset]! += amountUsd / last[asset]!;
  return units;
}

/** Both together, as they meet the market. */
export const outsideFlow = ({ estates, bought }: OutsideOrders): Float64Array =>
  bought ? estates.map((q, a) => q + bought[a]!) : estates;

/** The part of the outside book's fills that is of estates: both parts were filled alike. */
export function estatesSold(orders: OutsideOrders, filled: Float64Array): Float64Array {
  if (!orders.bought) return filled;
  const wanted = outsideFlow(orders);
  return orders.estates.map((q, a) => (wanted[a] === 0 ? q : (q * filled[a]!) / wanted[a]!));
}

/** Puts on record what the authority bought, valued at the last close, and of what trading filled less than it wanted. */
export function announcePurchases(
  stage: Stage,
  draft: Draft,
  { purchases }: Acts,
  session: Session,
  orders: OutsideOrders,
  filled: Float64Array,
): void {
  const wanted = outsideFlow(orders);
  const share = wanted.map((q, a) => (q === 0 ? 1 : filled[a]! / q));
  for (const { orders: bought, told } of purchases) {
    const amount = bought.reduce((total, { asset, amountUsd }) => total + amountUsd * share[asset]!, 0);
    const short = bought
      .filter(({ asset }) => isUnfilled(wanted[asset]!, filled[asset]!))
      .map(({ asset }) => `${stage.assets[asset]!.id} (${unfilledReason(session, asset)})`);
    const left = short.length === 0 ? '' : `; unfilled: ${short.join(', ')}`;
    notify(draft, 'intervention', { ...told, amount, reason: `${told.reason}${left}` });
  }
}
