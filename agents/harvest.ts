import type { Mind } from './mind.js';
import { substituteFor } from './allocation/harvesting/substitute.js';

/** What it takes to harvest losses, beside the mind itself. */
export interface Harvestable {
  readonly day: number;
  /** Days after a sale at a loss within which a purchase takes the loss back. */
  readonly washSaleDays: number;
  /** Units that would be sold at a loss that counts (k). */
  readonly atLoss: Float64Array;
  readonly units: Float64Array;
  readonly prices: Float64Array;
  /** Value of the tradable book, USD. */
  readonly wealth: number;
  /** 1 where an asset may be held (k). */
  readonly permitted: Uint8Array;
  /** Covariance of daily returns (k,k). */
  readonly covariance: Float64Array;
}

/** Lays the harvesting of losses over a day's orders: what was lately sold at a loss is not bought back, its substitute is
 * bought instead; and on its days, the seat sells what has lost enough and buys the substitute for the same money.
 *
 * @param orders signed units (k)
 * @returns signed units (k); the very orders where the seat does not harvest
 * @pitfall it waits while an order is being sliced; sales stay within the turnover budget of a day, the dearest position first, and no substitute is bought
 *          beyond the position limit; other limits bind again at the next rebalancing, which also leads back to what was
 *          sold once the wash window has passed
 * @source  Chaudhuri, Burnham & Lo 2020, Financial Analysts Journal 76(3)
 */
export function harvestLosses(mind: Mind, now: Harvestable, orders: Float64Array): Float64Array {
  const { harvesting } = mind.seat;
  const { harvest } = mind.desk;
  if (!harvesting || !harvest) return orders;
  const wanted = orders.slice();
  const blocked = (i: number): boolean => harvest.blockedUntil[i]! >= now.day;
  const replace = replacement(mind, now, wanted, blocked);
  orders.forEach((units, i) => {
    if (!blocked(i) || !(units > 0)) return;
    wanted[i] = 0;
    replace(i, units * now.prices[i]!);
  });
  // What is left of an order in slices may sell the same units once more.
  if (mind.desk.order || now.day - harvest.lastDay < harvesting.every) return wanted;
  harvest.lastDay = now.day;
  const { atLoss, prices, wealth } = now;
  const lost = (i: number): number => atLoss[i]! * prices[i]!;
  const dearestFirst = Array.from(orders, (_, i) => i)
    .filter((i) => lost(i) > 0 && !blocked(i))
    .sort((a, b) => lost(b) - lost(a) || a - b);
  let budget = mind.seat.turnoverBudget * wealth;
  for (const i of dearestFirst) {
    const value = Math.min(lost(i), budget);
    // What stands in for another today would be bought as it is sold.
    if (value === 0 || wanted[i]! > orders[i]!) continue;
    const selling = Math.max(0, -wanted[i]! * prices[i]!);
    if (!replace(i, Math.max(0, value - selling))) continue;
    wanted[i] = Math.min(wanted[i]!, -value / prices[i]!);
    harvest.blockedUntil[i] = now.day + now.washSaleDays;
    budget -= value;
  }
  return wanted;
}

/** Buys for some money what stands in for an asset; tells whether anything does. */
function replacement(
  { seat }: Mind,
  { units, prices, wealth, permitted, covariance }: Harvestable,
  wanted: Float64Array,
  blocked: (asset: number) => boolean,
): (asset: number, value: number) => boolean {
  const k = wanted.length;
  return (asset, value) => {
    const room = (i: number): number => seat.positionLimit * wealth - (units[i]! + wanted[i]!) * prices[i]!;
    const substitute = substituteFor(
      asset,
      k,
      (i) => permitted[i] === 1 && !blocked(i) && room(i) >= value,
      (i) => covariance[asset * k + i]! / Math.sqrt(covariance[i * k + i]!),
    );
    if (substitute === undefined) return false;
    wanted[substitute]! += value / prices[substitute]!;
    return true;
  };
}
