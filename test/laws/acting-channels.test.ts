import { expect } from 'chai';
import fc from 'fast-check';
import type { Scenario } from '../../core/scenario.js';
import type { World } from '../../core/types.js';
import { worldBalances } from '../../market/book.js';
import { actingChannels } from '../../market/channels/index.js';
import type { ActingChannel } from '../../market/channels/acting.js';
import { benchmarkTrader, runMarket, scenarioOf } from '../market/fixture.js';
import { foldDay, openLedger } from '../market/fold.js';

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** A crash, with what is given of contagion and of the authority. */
const crash = (contagion: object, interventions: readonly object[] = []): Scenario =>
  scenarioOf({
    days: 40,
    seed: 7,
    institutions: { count: 20 },
    market: {
      fundamentals: {
        shocks: [
          { day: 10, class: 'government', size: -0.08 },
          { day: 10, class: 'credit', size: -0.25 },
          { day: 10, class: 'equity', size: -0.35 },
        ],
      },
    },
    contagion: { entryDelayDays: 5, liquidationDays: 5, termDays: 5, ...contagion },
    interventions,
  });

/** Everything that moved is in the payments and fills; write-downs are within what was lent. */
function conserves(scenario: Scenario): void {
  const worlds: World[] = [];
  const run = runMarket(scenario, benchmarkTrader(0.5), (world) => worlds.push(world));
  const n = run.stage.institutions.length;
  const ledger = openLedger(
    run.opening,
    n,
    run.stage.assets.map((asset) => asset.floatUnits),
  );
  ledger.cash[n] = run.first.books.cash[n]!;
  const scale = total(ledger.cash.map(Math.abs));
  run.days.forEach((facts, d) => {
    foldDay(ledger, facts);
    const { books, claims } = worlds[d]!;
    books.cash.forEach((cash, i) => expect(Math.abs(ledger.cash[i]! - cash) / scale).to.be.below(1e-9));
    const lent = new Float64Array(n);
    claims.face.forEach((face, e) => {
      expect(face).to.be.at.least(0);
      if (claims.creditor[e]! < n) lent[claims.creditor[e]!]! += face;
    });
    books.writtenDown.forEach((usd, i) => expect(usd).to.be.within(0, lent[i]! * (1 + 1e-9)));
    const { equity } = worldBalances(worlds[d]!);
    equity.forEach((e, i) => {
      if (books.active[i] === 1) expect(e, `day ${d + 1}, ${i}`).to.be.above(0);
    });
  });
}

describe('laws of channels that act', function () {
  this.timeout(60_000);

  for (const [name, channel] of Object.entries<ActingChannel>(actingChannels)) {
    const parsed = channel.options.parse({});
    const { claims } = channel.rules(parsed);

    it(`${name}: money is conserved, nobody insolvent stays in business, and claims are worth between 0 and face`, () =>
      conserves(crash({ channels: [{ channel: name }] })));

    if (claims)
      it(`${name}: estates pay at most what they owe; write-downs never fall as equity does, and are none without loss`, () => {
        fc.assert(
          fc.property(share, share, share, (paid, low, high) => {
            expect(claims.recovered(7, 7 * paid)).to.be.within(0, 7);
            const at = (equity: number) =>
              claims.writtenDown?.({ began: 1, equity, assets: 9 + equity }) ?? 0;
            expect(at(1)).to.equal(0);
            expect(at(Math.min(low, high))).to.be.within(at(Math.max(low, high)), 1);
          }),
        );
      });
  }

  it('the self-correcting graph conserves money with all its tools', () =>
    conserves(
      crash({ channels: [{ channel: 'clearing' }, { channel: 'fire-sale' }] }, [
        {
          kind: 'self-correcting',
          every: 3,
          budgetShare: 0.02,
          parts: 2,
          worry: 0,
          tools: ['capital-injection', 'liquidity-injection', 'collateral-relief', 'exposure-cap'],
        },
      ]),
    ));
});
