import { NotConverged, type Solved } from '../../core/not-converged.js';
import { pricesAfter, shockedHoldings } from './asset-sale.js';
import { product, transposedProduct } from './product.js';
import { totalAssets, type StressSystem } from './stress-system.js';

export interface FireSale {
  /** Prices (k), of 1 before the shock. */
  readonly prices: Float64Array;
  /** Share of each institution's units that it sold (n), of every asset alike. */
  readonly soldShare: Float64Array;
  /** Equity lost to the fall of prices after the shock (n). */
  readonly losses: Float64Array;
  readonly defaulted: Uint8Array;
}

/** The price at which a wave's sales settle, between that before and that after it. */
export type Settlement = (before: number, after: number) => number;

export const settlements = {
  mid: (before, after) => (before + after) / 2,
  end: (_before, after) => after,
} satisfies Record<string, Settlement>;

export interface Deleveraging {
  /** Assets over equity that a seller returns to. */
  readonly target: number;
  /** Assets over equity from which it is in default and no longer sells. */
  readonly defaultLeverage: number;
  readonly settle: Settlement;
  /** Waves after which to stop although somebody would still sell. */
  readonly maxRounds: number;
}

/** What changes from wave to wave. */
interface Books {
  readonly cash: Float64Array;
  readonly debt: Float64Array;
  /** Share of its initial units that each still holds: sales are pro rata, so one number each is enough. */
  readonly kept: Float64Array;
  readonly defaulted: Uint8Array;
  /** Value of the initial units at current prices (n). */
  readonly units: Float64Array;
  prices: Float64Array;
}

/** Waves without a limit of the user's end when nobody is over the cap; this many means they never will. */
const PATIENCE = 100_000;
const ROUNDING = 1e-12;

function openBooks(system: StressSystem): Books {
  const n = system.equity.length;
  const before = totalAssets(system);
  return {
    cash: system.cash.slice(),
    debt: before.map((assets, i) => assets - system.equity[i]!),
    kept: new Float64Array(n).fill(1),
    defaulted: new Uint8Array(n),
    units: shockedHoldings(system),
    prices: pricesAfter(system, new Float64Array(system.holdings.columns)),
  };
}

const assetsNow = ({ otherAssets }: StressSystem, { cash, kept, units }: Books, i: number): number =>
  cash[i]! + otherAssets[i]! + kept[i]! * units[i]!;

/** The check before selling, the use of cash, and the share of its initial units that institution i now sells. */
function sell(
  system: StressSystem,
  books: Books,
  { target, defaultLeverage }: Deleveraging,
  i: number,
): number {
  const assets = assetsNow(system, books, i);
  const equity = assets - books.debt[i]!;
  books.defaulted[i] = equity <= 0 || assets >= defaultLeverage * equity ? 1 : 0;
  const sellsAbove = Math.max(system.leverageCap[i]!, target) * (1 + ROUNDING);
  if (books.defaulted[i] === 1 || assets <= sellsAbove * equity) return 0;
  const excess = assets - target * equity;
  const repaid = Math.min(books.cash[i]!, excess);
  books.cash[i]! -= repaid;
  books.debt[i]! -= repaid;
  const raise = excess - repaid;
  const worth = books.kept[i]! * books.units[i]!;
  return raise <= 0 || worth <= 0 ? 0 : Math.min(1, raise / worth) * books.kept[i]!;
}

/** Prices move along the cumulative impact, and what was sold settles and repays debt. */
function settleWave(system: StressSystem, books: Books, { settle }: Deleveraging, sold: Float64Array): void {
  const before = books.prices;
  const settled = new Float64Array(sold.length);
  const total = new Float64Array(before.length);
  for (let i = 0; i < sold.length; i++) books.kept[i]! -= sold[i]!;
  transposedProduct(
    system.holdings,
    books.kept.map((kept) => 1 - kept),
    total,
  );
  books.prices = pricesAfter(system, total);
  product(
    system.holdings,
    before.map((price, a) => settle(price, books.prices[a]!)),
    settled,
  );
  for (let i = 0; i < sold.length; i++) books.debt[i]! -= sold[i]! * settled[i]!;
  product(system.holdings, books.prices, books.units);
}

function outcome(system: StressSystem, books: Books): FireSale {
  const shocked = shockedHoldings(system);
  const held = totalAssets(system);
  const losses = system.equity.map((before, i) => {
    const start = before + shocked[i]! - (held[i]! - system.cash[i]! - system.otherAssets[i]!);
    return start - (assetsNow(system, books, i) - books.debt[i]!);
  });
  return {
    prices: books.prices,
    soldShare: books.kept.map((kept) => 1 - kept),
    losses,
    defaulted: books.defaulted,
  };
}

/** Fire sale in waves: everybody over the leverage cap sells back to the target, at once, and prices fall for all.
 *
 * Each wave: leverage is checked at current prices (cash is an asset); who is in default does not sell, who is
 * over the cap repays debt with cash and then with the proceeds of selling all assets pro rata, enough to reach
 * the target at the prices seen before the wave; prices move with all units sold so far; sales settle between
 * the old price and the new, the rest is marked to the new. It ends with a wave in which nobody sells, which
 * is counted, or after `maxRounds` waves.
 * @formula sales_i = A_i − target·E_i − cash_i where A_i/E_i > cap; p_k = (1 + f_k)·impact_k(units sold so far)
 * @shape   holdings (n,k), worth 1 a unit before the shock; prices (k)
 * @range   0 < prices ≤ 1 + shock
 * @source  Cont & Schaanning 2017, Fire sales, indirect contagion and systemic stress testing
 * @pitfall simultaneous: nobody sees the others' sales of the same wave, so order does not matter
 */
export function fireSale(system: StressSystem, terms: Deleveraging): Solved<FireSale> {
  const books = openBooks(system);
  const sold = new Float64Array(system.equity.length);
  const limit = Math.min(terms.maxRounds, PATIENCE);
  for (let iterations = 1; iterations <= limit; iterations++) {
    for (let i = 0; i < sold.length; i++) sold[i] = sell(system, books, terms, i);
    const most = sold.reduce((a, b) => Math.max(a, b), 0);
    if (most > 0) settleWave(system, books, terms, sold);
    if (most === 0 || iterations === terms.maxRounds)
      return { value: outcome(system, books), iterations, residual: most };
  }
  throw new NotConverged(
    'fire sale',
    limit,
    sold.reduce((a, b) => Math.max(a, b), 0),
  );
}
