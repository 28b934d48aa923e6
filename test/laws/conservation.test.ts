import { expect } from 'chai';
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
      // Sales move prices little here: a market in which all sell to nobody is another test's business.
      clearing: { mechanism: 'impact', impact: 0.05 },
      fundamentals: {
        shocks: [
          { day: 40, class: 'government', size: -0.08, halfLifeDays: 30 },
          { day: 40, class: 'credit', size: -0.16 },
          { day: 40, class: 'equity', size: -0.25 },
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

/** Largest difference between two columns over the size of the second. */
function gap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  let scale = 0;
  for (let i = 0; i < b.length; i++) {
    largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
    scale += Math.abs(b[i]!);
  }
  return largest / scale;
}

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

function check(ledger: Ledger, world: World): void {
  expect(gap(ledger.cash, world.books.cash)).to.be.below(1e-9);
  expect(gap(ledger.funding, world.books.funding)).to.be.below(1e-9);
  expect(gap(ledger.loans, world.books.loans)).to.be.below(1e-9);
  expect(gap(ledger.units, world.books.units)).to.be.below(1e-9);
}

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
      const floats = run.stage.assets.map((asset) => asset.floatUnits);
      const ledger = openLedger(run.opening, n, floats);
      const offset = run.first.books.cash[n]!;
      ledger.cash[n] = offset;
      const start = total(ledger.cash);
      const scale = total(ledger.cash.map(Math.abs));
      run.days.forEach((facts, d) => {
        foldDay(ledger, facts);
        check(ledger, worlds[d]!);
        expect(Math.abs(total(ledger.cash) - start - ledger.issued) / scale).to.be.below(1e-9);
        floats.forEach((units, a) => {
          const held = Array.from(
            { length: n + 1 },
            (_, i) => worlds[d]!.books.units[i * floats.length + a]!,
          );
          expect(Math.abs(total(held) / units - 1)).to.be.below(1e-9);
        });
      });
      expect(count(run, 'default'), 'a default in the run').to.be.above(0);
      expect(count(run, 'intervention'), 'an injection and a halt').to.equal(2);
      expect(ledger.issued).to.be.at.least(5e9);
      const refilled = { replace: 'entry', recapitalise: 'recapitalised', liquidate: undefined }[resolution];
      if (refilled !== undefined) expect(count(run, refilled), refilled).to.be.above(0);
      const paid = run.days.flatMap((d) => d.tables.payments!['kind'] as readonly string[]);
      expect(paid, 'somebody is short').to.include('borrow-fee');
    });

  it('records every claim: the exposures table follows the world’s claims', () => {
    const worlds: World[] = [];
    const run = runMarket(crash('replace'), benchmarkTrader(0.5), (world) => worlds.push(world));
    let latest = run.opening.tables.exposures!;
    run.days.forEach((facts, d) => {
      latest = facts.tables.exposures ?? latest;
      const { claims } = worlds[d]!;
      expect(total(latest['face'] as Float64Array)).to.equal(total(claims.face.filter((face) => face > 0)));
    });
  });
});
