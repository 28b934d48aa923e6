import { expect } from 'chai';
import fc from 'fast-check';
import type { DayFacts } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import type { World } from '../../core/types.js';
import { pricesOf } from '../../market/book.js';
import { benchmarkTrader, runMarket, scenarioOf, type Run } from '../market/fixture.js';
import { foldDay, openLedger } from '../market/fold.js';

/** What the authority may have in force in a crash, each of them or not. */
const acts = {
  halt: { kind: 'halt', institution: 'hedge-fund-01', from: 4, to: 9 },
  breaker: { kind: 'circuit-breaker', fall: 0.05, scope: 'asset', haltDays: 2 },
  limit: { kind: 'price-limit', limit: 0.04, from: 3, to: 20 },
  ban: { kind: 'short-sale-ban', assets: ['equity'] },
  tax: { kind: 'transaction-tax', taxBps: 25, from: 2 },
  cap: { kind: 'leverage-cap', cap: 12, institutions: ['bank'], from: 6 },
  floor: { kind: 'margin-floor', haircut: 0.12, institutions: ['hedge-fund'], from: 5 },
  relief: { kind: 'collateral-relief', relief: 0.5, institutions: ['asset-manager'] },
  buffer: { kind: 'countercyclical-buffer' },
  liquidity: { kind: 'liquidity-injection', amountUsd: 2e12, days: 3, drawdown: 0.03 },
  purchase: { kind: 'asset-purchase', amountUsd: 5e9, from: 6, to: 12 },
  capital: { kind: 'capital-injection', institution: 'bank-01', day: 7, amountUsd: 1e10 },
  wall: { kind: 'firewall', one: ['bank'], other: ['hedge-fund', 'insurer'] },
};

const crash = (interventions: readonly object[], seed: number): Scenario =>
  scenarioOf({
    days: 25,
    seed,
    institutions: { count: 14 },
    market: {
      fundamentals: {
        shocks: [
          { day: 5, class: 'equity', size: -0.3 },
          { day: 5, class: 'credit', size: -0.12 },
        ],
      },
    },
    contagion: { termDays: 5, entryDelayDays: 3, liquidationDays: 4 },
    interventions,
  });

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const numbers = (facts: DayFacts, table: 'fills' | 'assets', name: string): ArrayLike<number> =>
  (facts.tables[table]?.[name] ?? []) as ArrayLike<number>;

/** Cash and units rebuilt from the record are the world's; only logged issuance makes cash. */
function conserved(run: Run, worlds: readonly World[]): void {
  const n = run.stage.institutions.length;
  const ledger = openLedger(
    run.opening,
    n,
    run.stage.assets.map((asset) => asset.floatUnits),
  );
  ledger.cash[n] = run.first.books.cash[n]!;
  const start = total(ledger.cash);
  let size = total(ledger.cash.map(Math.abs));
  run.days.forEach((facts, d) => {
    foldDay(ledger, facts);
    const { books } = worlds[d]!;
    size = Math.max(size, total(books.cash.map(Math.abs)));
    books.cash.forEach((x, i) => expect(Math.abs(ledger.cash[i]! - x) / size).to.be.below(1e-9));
    books.units.forEach((x, at) => expect(Math.abs(ledger.units[at]! - x) / 1e12).to.be.below(1e-9));
    expect(Math.abs(total(ledger.cash) - start - ledger.issued) / size).to.be.below(1e-9);
  });
}

/** Nobody trades who may not, nor in what is closed, nor outside a limit; forced sales neither. */
function obeyed(run: Run, worlds: readonly World[], names: readonly string[]): void {
  const seat = run.stage.institutions.findIndex(({ id }) => id === 'hedge-fund-01');
  run.days.forEach((facts, d) => {
    const [who, what, wave, price] = ['institution', 'asset', 'wave', 'price'].map((name) =>
      numbers(facts, 'fills', name),
    ) as [ArrayLike<number>, ArrayLike<number>, ArrayLike<number>, ArrayLike<number>];
    const before = d === 0 ? run.first : worlds[d - 1]!;
    const last = pricesOf(before.prices);
    for (let row = 0; row < who.length; row++) {
      if (wave[row]! < 0) continue;
      if (names.includes('halt') && facts.day >= 4 && facts.day <= 9) expect(who[row]).not.to.equal(seat);
      expect(before.authority.closedUntil[what[row]!]!).to.be.below(facts.day);
      if (names.includes('limit') && facts.day >= 3 && facts.day <= 20)
        expect(Math.abs(price[row]! / last[what[row]!]! - 1)).to.be.at.most(0.04 + 1e-9);
    }
  });
}

describe('laws of the authority', function () {
  this.timeout(120_000);

  it('whatever acts are in force together, money and units are conserved, and forced sales obey', () => {
    fc.assert(
      fc.property(fc.subarray(Object.keys(acts)), fc.nat(1000), (names, seed) => {
        const worlds: World[] = [];
        const run = runMarket(
          crash(
            names.map((name) => acts[name as keyof typeof acts]),
            seed,
          ),
          benchmarkTrader(0.6),
          (world) => worlds.push(world),
        );
        conserved(run, worlds);
        obeyed(run, worlds, names);
      }),
      {
        numRuns: 12,
        seed: 4,
        examples: [
          [Object.keys(acts), 1],
          [[], 1],
        ],
      },
    );
  });

  it('an act that never binds changes nothing but its own event', () => {
    const plain = runMarket(crash([], 3));
    const slack = [
      { kind: 'circuit-breaker', fall: 0.95 },
      { kind: 'price-limit', limit: 0.99 },
      { kind: 'leverage-cap', cap: 150 },
      { kind: 'liquidity-injection', amountUsd: 1, drawdown: 0.98 },
    ];
    for (const act of slack) {
      const run = runMarket(crash([act], 3));
      expect(run.last.books, act.kind).to.deep.equal(plain.last.books);
      expect(run.last.prices, act.kind).to.deep.equal(plain.last.prices);
    }
  });
});
