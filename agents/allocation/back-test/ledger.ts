import type { PriceHistory } from '../../../core/back-test.js';
import { noLots, tradeLots, unrealised, type LotBook, type Realised } from '../../../core/lots.js';
import type { BackTestPlan } from './plan.js';
import { carried, noGains, taxDue, withGains, type TaxYear } from './tax.js';

/** Trading days in a year. */
const year = 252;

/** An account as it goes from day to day. */
export interface Ledger {
  cash: number;
  /** Signed (k). */
  readonly units: Float64Array;
  /** Lots by asset, where gains are taxed. */
  readonly lots: LotBook[];
  gains: TaxYear;
  /** Tax paid so far. */
  paid: number;
  /** Traded and paid for it on the day. */
  traded: number;
  cost: number;
}

export const openLedger = (k: number): Ledger => ({
  cash: 1,
  units: new Float64Array(k),
  lots: Array.from({ length: k }, () => noLots),
  gains: noGains,
  paid: 0,
  traded: 0,
  cost: 0,
});

/** Prices at the close of a row (k). */
export const pricesAt = ({ prices, assets }: PriceHistory, row: number): Float64Array =>
  prices.subarray(row * assets.length, (row + 1) * assets.length);

/** Cash and holdings, before tax accrued. */
export function grossOf({ cash, units }: Ledger, prices: Float64Array): number {
  let value = cash;
  for (let i = 0; i < units.length; i++) if (units[i] !== 0) value += units[i]! * prices[i]!;
  return value;
}

/** What is left after the tax accrued on gains realised so far. */
export const netOf = (ledger: Ledger, prices: Float64Array, { tax }: BackTestPlan): number =>
  grossOf(ledger, prices) - (tax === null ? 0 : taxDue(ledger.gains, tax));

/** A new day: interest on cash; in a new year, the tax of the last one is paid and its losses are carried on. */
export function openDay(ledger: Ledger, plan: BackTestPlan, newYear: boolean): void {
  ledger.cash *= 1 + plan.cashRate / year;
  ledger.traded = 0;
  ledger.cost = 0;
  if (!newYear || plan.tax === null) return;
  const due = taxDue(ledger.gains, plan.tax);
  ledger.cash -= due;
  ledger.paid += due;
  ledger.gains = carried(ledger.gains);
}

/** Trades units of one asset at a price; returns the gains that this realised. */
export function trade(
  ledger: Ledger,
  plan: BackTestPlan,
  asset: number,
  units: number,
  price: number,
  day: number,
): readonly Realised[] {
  if (units === 0) return [];
  const value = Math.abs(units) * price;
  const cost = (value * plan.costBps) / 1e4;
  ledger.units[asset]! += units;
  ledger.cash -= units * price + cost;
  ledger.traded += value;
  ledger.cost += cost;
  if (plan.tax === null) return [];
  const { order, washDays } = plan.tax;
  const { book, realised } = tradeLots(ledger.lots[asset]!, { day, units, price }, { order, washDays });
  ledger.lots[asset] = book;
  ledger.gains = withGains(ledger.gains, realised, plan.tax);
  return realised;
}

/** Value if everything were sold at these prices, cost and tax paid. */
export function liquidationOf(ledger: Ledger, prices: Float64Array, plan: BackTestPlan, day: number): number {
  let held = 0;
  ledger.units.forEach((units, i) => (held += units === 0 ? 0 : Math.abs(units) * prices[i]!));
  const value = grossOf(ledger, prices) - (held * plan.costBps) / 1e4;
  const { tax } = plan;
  if (tax === null) return value;
  const gains = ledger.lots.flatMap(({ lots }, i) =>
    lots.map((lot) => ({
      gain: unrealised({ lots: [lot], losses: [] }, prices[i]!),
      heldDays: day - lot.day,
    })),
  );
  return value - taxDue(withGains(ledger.gains, gains, tax), tax);
}
