import type { DayFacts } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import type { Orders, World } from '../../core/types.js';
import { dayFacts } from '../../market/day-facts.js';
import { noActs, type Acts } from '../../market/interventions/act.js';
import { createStage } from '../../market/stage.js';
import { closeDay, openDay } from '../../market/step.js';
import { createWorld } from '../../market/world.js';
import { scenarioOf } from './fixture.js';

type Raw = Record<string, unknown>;

/** What a hand-solved market changes: everything else is free, still and frictionless. */
export interface Given {
  readonly type?: Raw;
  readonly assets?: readonly Raw[];
  readonly costs?: Raw;
  readonly clearing?: Raw;
  readonly contagion?: Raw;
  readonly fundamentals?: Raw;
  readonly more?: Raw;
}

const free = {
  interestRate: 0,
  primeBrokerSpread: 0,
  depositRate: 0,
  loanRate: 0,
  borrowFee: 0,
  commissionBps: 0,
};
const bank = { share: 1, leverage: 2, leverageCap: 10, leverageTarget: 8, benchmark: { equity: 1 } };

/** An asset of 10,000 units at 100 USD, 100 of which trade on a day, that moves 1% a day. */
export const plainAsset = (id: string, more: Raw = {}): Raw => ({
  id,
  class: 'equity',
  floatUsd: 1e6,
  advShare: 0.01,
  volatility: 0.01 * Math.sqrt(252),
  halfSpreadBps: 0,
  ...more,
});

/** Three banks and two assets, without rates, costs, impact or jumps unless given. */
export const threeBanks = (given: Given = {}): Scenario =>
  scenarioOf({
    days: 60,
    assets: given.assets ?? [plainAsset('a'), plainAsset('b')],
    market: {
      costs: { ...free, ...given.costs },
      // So low a floor that impact is the plain exponential law.
      clearing: { mechanism: 'impact', impact: 0, floor: 1e-15, ...given.clearing },
      fundamentals: { factors: ['growth'], jumps: { perYear: 0 }, ...given.fundamentals },
    },
    institutions: { count: 3, types: { bank: { ...bank, ...given.type } }, sizes: { largestShare: 0.5 } },
    contagion: given.contagion ?? {},
    ...given.more,
  });

/** Balance sheets by hand; what is not given is nil. Claims are of a phase that is not due on day 1. */
export interface Sheets {
  readonly cash?: readonly number[];
  /** One row an institution. */
  readonly units?: readonly (readonly number[])[];
  readonly loans?: readonly number[];
  readonly funding?: readonly number[];
  readonly claims?: readonly (readonly [creditor: number, debtor: number, face: number])[];
}

/** A world with these books, in which no news moves value on the coming day. */
export function worldWith(scenario: Scenario, sheets: Sheets): World {
  const world = createWorld(scenario, createStage(scenario));
  const n = world.books.active.length;
  const k = scenario.assets.length;
  const column = (values: readonly number[] = [], length = n): Float64Array => {
    const filled = new Float64Array(length);
    filled.set(values);
    return filled;
  };
  const claims = sheets.claims ?? [];
  return {
    ...world,
    books: {
      ...world.books,
      cash: column(sheets.cash, n + 1),
      units: unitsOf(sheets, n, k),
      loans: column(sheets.loans),
      funding: column(sheets.funding),
    },
    claims: {
      creditor: Int32Array.from(claims, (c) => c[0]),
      debtor: Int32Array.from(claims, (c) => c[1]),
      face: Float64Array.from(claims, (c) => c[2]),
      line: Float64Array.from(claims, (c) => c[2]),
      phase: new Int32Array(claims.length),
    },
    news: {
      ...world.news,
      coming: world.news.coming.map((day) => ({
        ...day,
        diffusion: new Float64Array(k),
        drift: new Float64Array(k),
        jumps: [],
      })),
    },
  };
}

/** The outside book holds what the institutions do not. */
function unitsOf({ units = [] }: Sheets, n: number, k: number): Float64Array {
  const all = new Float64Array((n + 1) * k);
  for (let a = 0; a < k; a++) {
    units.forEach((row, i) => (all[i * k + a] = row[a]!));
    all[n * k + a] = 1e4 - units.reduce((sum, row) => sum + row[a]!, 0);
  }
  return all;
}

const nobody: Orders = { institution: new Int32Array(0), units: new Float64Array(0) };

/** One whole day. */
export function dayOf(
  scenario: Scenario,
  world: World,
  orders: Orders = nobody,
  acts: Acts = noActs,
): { readonly world: World; readonly facts: DayFacts } {
  const stage = createStage(scenario);
  const opened = openDay(scenario, stage, world, acts);
  const closed = closeDay(scenario, stage, opened, orders, acts);
  return { world: closed.world, facts: dayFacts(stage, opened, closed.world, closed.course) };
}

/** The day's payments as rows. */
export function paymentsOf({
  tables,
}: DayFacts): { kind: string; from: number; to: number; amount: number }[] {
  const { kind, from, to, amount } = tables.payments as unknown as Record<string, ArrayLike<never>>;
  return Array.from(kind!, (name, row) => ({
    kind: name,
    from: from![row]!,
    to: to![row]!,
    amount: amount![row]!,
  }));
}

/** The columns of a kind of notice, or none. */
export const noticed = (
  { notices }: DayFacts,
  kind: string,
): Readonly<Record<string, readonly (string | number)[]>> =>
  notices.find((notice) => notice.kind === kind)?.columns ?? {};
