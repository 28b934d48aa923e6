import type { PriceHistory } from '../../../core/back-test.js';
import { unitsAtLoss, unitsBoughtSince } from '../../../core/lots.js';
import { correlation } from '../../../core/numeric.js';
import { substituteFor } from '../harvesting/substitute.js';
import { grossOf, pricesAt, trade, type Ledger } from './ledger.js';
import { pastOf, type Past } from './past.js';
import type { BackTestPlan } from './plan.js';

/** What loss harvesting keeps in mind: until which calendar day each asset must not be bought back. */
export interface Harvest {
  readonly blockedUntil: Int32Array;
  /** What stands in for what, until the window has passed. */
  swaps: readonly {
    readonly from: number;
    readonly to: number;
    readonly units: number;
    readonly until: number;
  }[];
  /** Losses realised on purpose, as a share of wealth, summed. */
  total: number;
}

export const noHarvest = (k: number): Harvest => ({
  blockedUntil: new Int32Array(k).fill(-1),
  swaps: [],
  total: 0,
});

/** The listed asset that moved most like one that is sold, of those that may be bought. */
function standIn(
  asset: number,
  { returns, listed }: Past,
  blocked: (i: number) => boolean,
): number | undefined {
  const k = listed.length;
  const column = (i: number): Float64Array =>
    Float64Array.from({ length: returns.rows }, (_, t) => returns.values[t * k + i]!);
  const own = column(asset);
  return substituteFor(
    asset,
    k,
    (i) => listed[i] === 1 && !blocked(i),
    (i) => correlation(own, column(i)),
  );
}

/** Sells lots that stand at a loss beyond the threshold, most expensive first, and buys what moves most alike in their
 * place; what was bought lately is left alone, because the loss would not count.
 * @source Berkin & Ye 2003, Financial Analysts Journal 59(4); Chaudhuri, Burnham & Lo 2020, FAJ 76(3)
 */
export function harvest(
  history: PriceHistory,
  plan: BackTestPlan,
  ledger: Ledger,
  state: Harvest,
  row: number,
): void {
  const { tax } = plan;
  if (tax === null) return;
  const day = history.calendar[row]!;
  const prices = pricesAt(history, row);
  const blocked = (i: number): boolean => state.blockedUntil[i]! >= day;
  swapBack(plan, ledger, state, prices, day);
  let past: Past | undefined;
  for (let i = 0; i < prices.length; i++) {
    const book = ledger.lots[i]!;
    if (blocked(i) || unitsBoughtSince(book, day - tax.washDays) > 0) continue;
    const units = unitsAtLoss(book, prices[i]!, tax.harvest.threshold, 'hifo');
    if (units === 0) continue;
    past ??= pastOf(history, row - 1, plan.lookback);
    const substitute = standIn(i, past, blocked);
    if (substitute === undefined) continue;
    const wealth = grossOf(ledger, prices);
    const realised = trade(ledger, { ...plan, tax: { ...tax, order: 'hifo' } }, i, -units, prices[i]!, day);
    state.total -= realised.reduce((sum, { gain }) => sum + gain, 0) / wealth;
    state.blockedUntil[i] = day + tax.washDays;
    const bought = (units * prices[i]!) / prices[substitute]!;
    trade(ledger, plan, substitute, bought, prices[substitute]!, day);
    const until = day + tax.washDays;
    state.swaps = [...state.swaps, { from: i, to: substitute, units: bought, until }];
  }
}

/** Once the window has passed, substitutes that stand at no gain make way for what they stood in for. */
function swapBack(
  plan: BackTestPlan,
  ledger: Ledger,
  state: Harvest,
  prices: Float64Array,
  day: number,
): void {
  state.swaps = state.swaps.filter(({ from, to, units, until }) => {
    if (day <= until) return true;
    const held = Math.min(units, ledger.units[to]!);
    const dear = ledger.lots[to]!.lots.every(({ basis }) => basis >= prices[to]!);
    const free = state.blockedUntil[from]! < day;
    if (!(held > 0) || !dear || !free) return held > 0;
    trade(ledger, plan, to, -held, prices[to]!, day);
    state.blockedUntil[to] = day + plan.tax!.washDays;
    trade(ledger, plan, from, (held * prices[to]!) / prices[from]!, prices[from]!, day);
    return false;
  });
}

/** Targets that buy back what was lately sold at a loss buy its substitute instead. */
export function redirected(
  history: PriceHistory,
  plan: BackTestPlan,
  state: Harvest,
  row: number,
  target: Float64Array,
  held: Float64Array,
): Float64Array {
  const day = history.calendar[row]!;
  const blocked = (i: number): boolean => state.blockedUntil[i]! >= day;
  const wanted = target.slice();
  let past: Past | undefined;
  target.forEach((weight, i) => {
    if (!blocked(i) || weight <= held[i]!) return;
    past ??= pastOf(history, row - 1, plan.lookback);
    const substitute = standIn(i, past, blocked);
    wanted[i] = held[i]!;
    if (substitute !== undefined) wanted[substitute]! += weight - held[i]!;
  });
  return wanted;
}
