import { expect } from 'chai';
import fc from 'fast-check';
import { log } from '../../core/numeric.js';
import type { DayFacts } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import type { World } from '../../core/types.js';
import { benchmarkTrader, runMarket, scenarioOf, type Run } from '../market/fixture.js';
import { foldDay, openLedger, type Ledger } from '../market/fold.js';

/** A crash deep enough for defaults, then entries, an injection and a halt. */
const crash = (resolution: string): Scenario =>
  scenarioOf({
    days: 300,
    seed: 7,
    institutions: { count: 40 },
    market: {
      fundamentals: {
        shocks: [
          { day: 40, class: 'government', size: -0.08, halfLifeDays: 30 },
          { day: 40, class: 'credit', size: -0.25 },
          { day: 40, class: 'equity', size: -0.35 },
          { day: 160, factor: 'growth', size: -12 },
        ],
      },
    },
    contagion: { resolution, recovery: { external: 0.9, interbank: 0.9 } },
    interventions: [
      { kind: 'capital-injection', institution: 'bank-03', day: 30, amountUsd: 5e9 },
      { kind: 'halt', institution: 'hedge-fund-02', from: 38, to: 45 },
    ],
  });

const count = (run: Run, kind: string): number =>
  run.days.flatMap((d) => d.notices.filter((n) => n.kind === kind)).length;

const columns = ['cash', 'funding', 'loans', 'units'] as const;

/** Size of each column of the books where it was largest so far: what rounding is relative to. */
type Sizes = Record<(typeof columns)[number], number>;

/** The ledger's columns are the world's, to 1e-9 of the largest that they have been. */
function check(ledger: Ledger, { books }: World, sizes: Sizes): void {
  for (const column of columns) {
    sizes[column] = Math.max(sizes[column], total(books[column].map(Math.abs)));
    const gap = books[column].reduce((most, x, i) => Math.max(most, Math.abs(ledger[column][i]! - x)), 0);
    expect(gap / sizes[column], column).to.be.below(1e-9);
  }
}

const noSizes = (): Sizes => ({ cash: 1, funding: 1, loans: 1, units: 1 });

/** Nobody makes or loses money: what is in the ledger is what was in it at the start and what was issued since. */
function checkMoney(ledger: Ledger, start: number, scale: number): void {
  expect(Math.abs(total(ledger.cash) - start - ledger.issued) / scale).to.be.below(1e-9);
}

/** Every unit of the float is held by somebody. */
function checkUnits({ books }: World, floats: readonly number[]): void {
  const holders = books.units.length / floats.length;
  floats.forEach((units, a) => {
    const held = Array.from({ length: holders }, (_, i) => books.units[i * floats.length + a]!);
    expect(Math.abs(total(held) / units - 1)).to.be.below(1e-9);
  });
}

const floatsOf = (run: Run): number[] => run.stage.assets.map((asset) => asset.floatUnits);

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

interface Violent {
  readonly seed: number;
  readonly noise: number;
  readonly impact: number;
  readonly floor: number;
  readonly dailyMove: number | null;
  readonly fall: number;
  readonly liquidationOrder: 'pro-rata' | 'most-liquid-first';
}

/** The end of the world: five sixths of all wealth gone, and everybody trades wildly into it. */
const brutal: Violent = {
  seed: 3,
  noise: 4,
  impact: 8,
  floor: 0.2,
  dailyMove: 0.2,
  fall: -1.8,
  liquidationOrder: 'pro-rata',
};

describe('conservation', () => {
  const cases = [
    { resolution: 'replace', noise: 0.5 },
    { resolution: 'recapitalise', noise: 0.5 },
    { resolution: 'liquidate', noise: 0.5 },
    { resolution: 'replace', noise: 3 },
  ];
  for (const { resolution, noise } of cases)
    it(`folds to the world from fills and payments alone (${resolution}, orders ${noise} times as noisy)`, () => {
      const scenario = crash(resolution);
      const worlds: World[] = [];
      const run = runMarket(scenario, benchmarkTrader(noise), (world) => worlds.push(world));
      const n = run.stage.institutions.length;
      const floats = floatsOf(run);
      const sizes = noSizes();
      const ledger = openLedger(run.opening, n, floats);
      const offset = run.first.books.cash[n]!;
      ledger.cash[n] = offset;
      const start = total(ledger.cash);
      const scale = total(ledger.cash.map(Math.abs));
      run.days.forEach((facts, d) => {
        foldDay(ledger, facts);
        check(ledger, worlds[d]!, sizes);
        checkMoney(ledger, start, scale);
        checkUnits(worlds[d]!, floats);
      });
      expect(count(run, 'default'), 'a default in the run').to.be.above(0);
      expect(count(run, 'intervention'), 'an injection and a halt').to.equal(2);
      expect(ledger.issued).to.be.at.least(5e9);
      const refilled = { replace: 'entry', recapitalise: 'recapitalised', liquidate: undefined }[resolution];
      if (refilled !== undefined) expect(count(run, refilled), refilled).to.be.above(0);
      const paid = run.days.flatMap((d) => d.tables.payments!['kind'] as readonly string[]);
      if (noise > 1) expect(paid, 'somebody is short').to.include('borrow-fee');
    });

  /** Violent markets: news, impact, floors and halts at random, thirty days of everybody for himself. */
  const violent = fc.record({
    seed: fc.nat(1e6),
    noise: fc.double({ min: 0.1, max: 3, noNaN: true }),
    impact: fc.double({ min: 0.1, max: 8, noNaN: true }),
    floor: fc.double({ min: 0.2, max: 0.9, noNaN: true }),
    dailyMove: fc.option(fc.double({ min: 0.01, max: 0.5, noNaN: true })),
    fall: fc.double({ min: -2, max: -0.05, noNaN: true }),
    liquidationOrder: fc.constantFrom('pro-rata', 'most-liquid-first'),
  });

  const violentScenario = ({ seed, impact, floor, dailyMove, fall, liquidationOrder }: Violent): Scenario =>
    scenarioOf({
      days: 30,
      seed,
      institutions: { count: 15 },
      market: {
        clearing: { mechanism: 'impact', impact, floor },
        halts: { dailyMove },
        fundamentals: {
          shocks: [
            { day: 5, class: 'equity', size: fall },
            { day: 5, class: 'government', size: fall / 10 },
            { day: 9, class: 'credit', size: fall },
            { day: 20, class: 'equity', size: 2 * fall },
          ],
        },
      },
      contagion: { liquidationOrder, entryDelayDays: 3, liquidationDays: 5 },
    });

  it('law: whatever happens, prices stay between floor and ceiling, and money and units are conserved', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(violent, (given) => {
        const scenario = violentScenario(given);
        const widest = -log(given.floor);
        const worlds: World[] = [];
        const run = runMarket(scenario, benchmarkTrader(given.noise), (world) => worlds.push(world));
        const n = run.stage.institutions.length;
        const sizes = noSizes();
        const ledger = openLedger(run.opening, n, floatsOf(run));
        ledger.cash[n] = run.first.books.cash[n]!;
        run.days.forEach((facts, d) => {
          foldDay(ledger, facts);
          check(ledger, worlds[d]!, sizes);
          const { slow, fast } = worlds[d]!.prices;
          slow.forEach((m, k) => expect(Math.abs(m + fast[k]!)).to.be.at.most(widest + 1e-9));
          for (const price of facts.tables.assets!['price'] as Float64Array)
            expect(price).to.be.above(0).and.to.be.below(Infinity);
          for (const { kind } of facts.notices) seen.add(kind);
        });
      }),
      { numRuns: 12, seed: 1, endOnFailure: true, examples: [[brutal]] },
    );
    expect([...seen]).to.include.members(['asset-halted', 'unfilled', 'default', 'breach', 'entry']);
  });

  /** An authority that taxes, injects, lends, buys and halts while institutions fall. */
  const busy = fc.record({
    seed: fc.nat(1e6),
    transactionTaxBps: fc.double({ min: 0, max: 100, noNaN: true }),
    gainsTaxRate: fc.double({ min: 0, max: 0.6, noNaN: true }),
    taxLots: fc.constantFrom('fifo', 'lifo', 'hifo'),
    washSaleDays: fc.constantFrom(0, 30),
    noise: fc.double({ min: 0.2, max: 2, noNaN: true }),
    fall: fc.double({ min: -1, max: -0.4, noNaN: true }),
    amountUsd: fc.double({ min: 1e9, max: 1e12, noNaN: true }),
    halted: fc.integer({ min: 6, max: 12 }),
  });

  const busyScenario = (given: typeof busy extends fc.Arbitrary<infer T> ? T : never): Scenario =>
    scenarioOf({
      days: 25,
      seed: given.seed,
      institutions: { count: 15 },
      market: {
        costs: {
          transactionTaxBps: given.transactionTaxBps,
          gainsTaxRate: given.gainsTaxRate,
          taxLots: given.taxLots,
          washSaleDays: given.washSaleDays,
        },
        fundamentals: {
          shocks: [
            { day: 5, class: 'equity', size: given.fall },
            { day: 5, class: 'government', size: given.fall / 5 },
            { day: 9, class: 'credit', size: given.fall },
          ],
        },
      },
      contagion: { entryDelayDays: 3, liquidationDays: 5 },
      interventions: [
        { kind: 'capital-injection', institution: 'bank-01', day: 4, amountUsd: given.amountUsd },
        {
          kind: 'liquidity-injection',
          institutions: ['bank'],
          from: 6,
          to: 6,
          amountUsd: given.amountUsd,
          days: 10,
        },
        { kind: 'asset-purchase', amountUsd: given.amountUsd, assets: ['equity'], from: 5, to: 12 },
        { kind: 'transaction-tax', taxBps: 20, from: 8 },
        { kind: 'halt', institution: 'hedge-fund-01', from: 4, to: given.halted },
      ],
    });

  it('law: money and units are conserved through taxes, defaults, injections, purchases and halts at once', () => {
    const seen = new Set<string>();
    const paid = new Set<string>();
    fc.assert(
      fc.property(busy, (given) => {
        const scenario = busyScenario(given);
        const worlds: World[] = [];
        const run = runMarket(scenario, benchmarkTrader(given.noise), (world) => worlds.push(world));
        const n = run.stage.institutions.length;
        const floats = floatsOf(run);
        const sizes = noSizes();
        const ledger = openLedger(run.opening, n, floats);
        ledger.cash[n] = run.first.books.cash[n]!;
        const start = total(ledger.cash);
        const scale = total(ledger.cash.map(Math.abs));
        run.days.forEach((facts, d) => {
          foldDay(ledger, facts);
          check(ledger, worlds[d]!, sizes);
          checkMoney(ledger, start, scale);
          checkUnits(worlds[d]!, floats);
          for (const { kind } of facts.notices) seen.add(kind);
          for (const kind of (facts.tables.payments?.['kind'] ?? []) as readonly string[]) paid.add(kind);
        });
      }),
      { numRuns: 8, seed: 1, endOnFailure: true },
    );
    expect([...seen]).to.include.members(['default', 'breach', 'intervention']);
    expect([...paid].filter((kind) => kind.includes('tax'))).to.have.length.at.least(2);
  });

  it('records every claim: the exposures table follows the world’s claims', () => {
    const worlds: World[] = [];
    const run = runMarket(crash('replace'), benchmarkTrader(0.5), (world) => worlds.push(world));
    let latest = run.opening.tables.exposures!;
    run.days.forEach((facts, d) => {
      latest = facts.tables.exposures ?? latest;
      expect(latest['face'], 'a table without rows would not be kept').to.have.property('length').above(0);
      const { claims } = worlds[d]!;
      expect(total(latest['face'] as Float64Array)).to.equal(total(claims.face.filter((face) => face > 0)));
    });
  });

  it('folds to the claims from what was lent and repaid, to the day on which none is left', () => {
    const run = runMarket(
      scenarioOf({ days: 30, institutions: { count: 15 }, contagion: { renewalFloor: 0.99, termDays: 20 } }),
      benchmarkTrader(0.1),
    );
    expect(count(run, 'default')).to.equal(0);
    const faces = (facts: DayFacts): number | undefined =>
      facts.tables.exposures && total(facts.tables.exposures['face'] as Float64Array);
    const first = faces(run.opening)!;
    let [owed, told] = [first, first];
    for (const facts of run.days) {
      const { kind, amount } = facts.tables.payments as { kind: string[]; amount: Float64Array };
      kind.forEach((name, row) => {
        if (name === 'new-claim') owed += amount[row]!;
        if (name === 'claim-repayment') owed -= amount[row]!;
      });
      told = faces(facts) ?? told;
      expect(Math.abs(told - owed)).to.be.below(1e-9 * first);
      if (facts.tables.exposures) expect(facts.tables.exposures['day']).to.have.property('length').above(0);
    }
    expect(first).to.be.above(0);
    expect(told).to.equal(0);
  });
});
