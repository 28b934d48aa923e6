import type { Account, BackTest, PriceHistory } from '../../core/back-test.js';
import { numbers, texts, type RunData } from '../run-data.js';

/** Trading days in a year. */
const year = 252;

/** The days of a run on which its institutions are measured, as rows of its prices. */
interface Span {
  /** Day of each row of the prices. */
  readonly days: ArrayLike<number>;
  readonly first: number;
  readonly last: number;
}

/** Values by day and institution, day-major, rows of the prices x institutions. */
type Table = Float64Array;

/** What institutions of every type made of their tradable books in a run, as accounts that compare with back-tests on its
 * prices: the mean of their daily returns, as if everybody put the same into each of them every morning.
 * @formula r_i = (Σ_k q_k (p_k − p₋₁,k) + Σ fills units (p − price paid) − costs − tax on gains + cash · rate/252)
 *          / (cash + Σ_k q_k p₋₁,k), all held at the last close
 * @pitfall flows of money in and out do not count, nor do loans and interbank claims; who left the market is a mean
 *          of those who are still there from then on
 */
export function livedByType(run: RunData, history: PriceHistory, span: Span, cashRate: number): BackTest[] {
  const ledger = ledgerOf(run, history, span.days);
  const types = [...new Set(run.roster.map(({ type }) => type))];
  return types.map((type) => ({
    name: `institutions:${type}`,
    first: span.first,
    last: span.last,
    plain: accountOf(
      ledger,
      history,
      span,
      run.roster.flatMap((seat, i) => (seat.type === type ? [i] : [])),
      cashRate,
    ),
  }));
}

interface Ledger {
  readonly institutions: number;
  readonly active: Table;
  readonly cash: Table;
  /** Units at the close, rows x institutions x assets. */
  readonly units: Float64Array;
  /** What fills gained to the close, and their value. */
  readonly filled: Table;
  readonly traded: Table;
  readonly cost: Table;
  readonly tax: Table;
}

const kinds = { 'trading-cost': 'cost', 'transaction-tax': 'cost', 'gains-tax': 'tax' } as const;

function ledgerOf({ tables, roster }: RunData, { assets, prices }: PriceHistory, days: Span['days']): Ledger {
  const n = roster.length;
  const k = assets.length;
  const rowOfDay = new Map(Array.from(days, (day, row) => [day, row]));
  const table = (): Table => new Float64Array(days.length * n);
  const ledger = {
    institutions: n,
    active: table(),
    cash: table(),
    units: new Float64Array(days.length * n * k),
    filled: table(),
    traded: table(),
    cost: table(),
    tax: table(),
  };
  /** Each row of a record's table, with its place among institutions and days. */
  const each = (
    name: 'institutions' | 'positions' | 'fills' | 'payments',
    whose: string,
    visit: (at: number, row: number, day: number) => void,
  ): void => {
    const batch = tables[name]!;
    const institution = numbers(batch, whose);
    const day = numbers(batch, 'day');
    for (let row = 0; row < day.length; row++) {
      const t = rowOfDay.get(day[row]!);
      const i = institution[row]!;
      if (t !== undefined && i >= 0 && i < n) visit(t * n + i, row, t);
    }
  };
  const [active, cash] = ['active', 'cash'].map((name) => numbers(tables.institutions!, name));
  each('institutions', 'institution', (at, row) => {
    ledger.active[at] = active![row]!;
    ledger.cash[at] = cash![row]!;
  });
  const [held, heldOf] = ['units', 'asset'].map((name) => numbers(tables.positions!, name));
  each('positions', 'institution', (at, row) => {
    ledger.units[at * k + heldOf![row]!] = held![row]!;
  });
  const [units, asset, paid] = ['units', 'asset', 'price'].map((name) => numbers(tables.fills!, name));
  each('fills', 'institution', (at, row, t) => {
    const price = prices[t * k + asset![row]!]!;
    ledger.filled[at]! += units![row]! * (price - paid![row]!);
    ledger.traded[at]! += Math.abs(units![row]!) * paid![row]!;
  });
  const amount = numbers(tables.payments!, 'amount');
  const kind = texts(tables.payments!, 'kind');
  each('payments', 'from', (at, row) => {
    const into = kinds[kind[row]! as keyof typeof kinds];
    if (into !== undefined) ledger[into][at]! += amount[row]!;
  });
  return ledger;
}

/** One institution's day, as shares of its tradable book at the last close. */
interface Lived {
  readonly gain: number;
  readonly traded: number;
  readonly cost: number;
  readonly tax: number;
  /** The book itself, USD. */
  readonly book: number;
}

/** Undefined where it was out of business at the last close, or its book was worth nothing. */
function livedOn(
  ledger: Ledger,
  { assets, prices }: PriceHistory,
  row: number,
  institution: number,
  cashRate: number,
): Lived | undefined {
  const k = assets.length;
  const before = (row - 1) * ledger.institutions + institution;
  const today = before + ledger.institutions;
  if (ledger.active[before] !== 1) return undefined;
  const cash = ledger.cash[before]!;
  let book = cash;
  let gain = ledger.filled[today]! - ledger.cost[today]! - ledger.tax[today]! + (cash * cashRate) / year;
  for (let a = 0; a < k; a++) {
    const units = ledger.units[before * k + a]!;
    const last = prices[(row - 1) * k + a]!;
    book += units * last;
    gain += units * (prices[row * k + a]! - last);
  }
  if (!(book > 0)) return undefined;
  const share = (of: Table): number => of[today]! / book;
  return {
    gain: gain / book,
    traded: share(ledger.traded),
    cost: share(ledger.cost),
    tax: share(ledger.tax),
    book,
  };
}

function accountOf(
  ledger: Ledger,
  history: PriceHistory,
  { first, last }: Span,
  members: readonly number[],
  cashRate: number,
): Account {
  const k = history.assets.length;
  const days = last - first + 1;
  const account = {
    wealth: new Float64Array(days),
    turnover: new Float64Array(days),
    cost: new Float64Array(days),
    weights: new Float64Array(days * k),
  };
  let [value, taxed] = [1, 0];
  for (let t = 0; t < days; t++) {
    const row = first + t;
    const all = members.flatMap((i) => {
      const lived = livedOn(ledger, history, row, i, cashRate);
      return lived ? [{ i, lived }] : [];
    });
    const mean = (of: (lived: Lived) => number): number =>
      all.length === 0 ? 0 : all.reduce((sum, { lived }) => sum + of(lived), 0) / all.length;
    value *= 1 + mean(({ gain }) => gain);
    taxed += mean(({ tax }) => tax);
    account.wealth[t] = value;
    account.turnover[t] = mean(({ traded }) => traded);
    account.cost[t] = mean(({ cost }) => cost);
    for (const { i, lived } of all) {
      const held = (row * ledger.institutions + i) * k;
      for (let a = 0; a < k; a++)
        account.weights[t * k + a]! +=
          (ledger.units[held + a]! * history.prices[row * k + a]!) / (lived.book * all.length);
    }
  }
  return { ...account, decisions: [], failures: [], liquidated: value, harvested: 0, taxed };
}
