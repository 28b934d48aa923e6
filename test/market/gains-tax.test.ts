import { expect } from 'chai';
import { unitsOf } from '../../core/lots.js';
import { benchmarkTrader, runMarket, scenarioOf } from './fixture.js';
import { foldDay, openLedger } from './fold.js';

describe('taxes in a market', () => {
  const run = (costs: object) => {
    const scenario = scenarioOf({
      days: 40,
      seed: 2,
      institutions: { count: 12 },
      market: {
        costs,
        fundamentals: {
          shocks: [
            { day: 20, class: 'equity', size: -0.4 },
            { day: 20, class: 'credit', size: -0.3 },
          ],
        },
      },
      contagion: { entryDelayDays: 3 },
    });
    return runMarket(scenario, benchmarkTrader(1));
  };
  const paid = (of: ReturnType<typeof run>, kind: string): number =>
    of.days
      .map(({ tables }) => {
        const amounts = tables.payments!['amount'] as Float64Array;
        const kinds = tables.payments!['kind'] as readonly string[];
        return amounts.reduce((sum, x, row) => sum + (kinds[row] === kind ? x : 0), 0);
      })
      .reduce((sum, x) => sum + x, 0);

  it('a transaction tax is its rate on the value of every fill', () => {
    const taxed = run({ transactionTaxBps: 20 });
    const value = taxed.days.reduce(
      (sum, { tables }) => sum + (tables.days!['volumeUsd'] as Float64Array)[0]!,
      0,
    );
    expect(paid(taxed, 'transaction-tax')).to.be.closeTo(0.002 * value, 1e-9 * value);
    expect(paid(run({}), 'transaction-tax')).to.equal(0);
  });

  it('gains are taxed, the lots held are the books’, the dearest first costs less, and money is conserved', () => {
    const taxed = run({ gainsTaxRate: 0.3 });
    const { tax, books } = taxed.last;
    const n = taxed.stage.institutions.length;
    const k = taxed.stage.assets.length;
    tax.lots.forEach((lots, at) => {
      expect(unitsOf(lots)).to.be.closeTo(books.units[at]!, 1e-12 * taxed.stage.assets[at % k]!.floatUnits);
    });
    expect(tax.lots.length).to.equal(n * k);
    expect(taxed.days.flatMap(({ notices }) => notices.map(({ kind }) => kind))).to.include('default');
    const fifo = paid(taxed, 'gains-tax');
    const hifo = paid(run({ gainsTaxRate: 0.3, taxLots: 'hifo' }), 'gains-tax');
    expect(hifo).to.be.above(0).and.below(fifo);
    const ledger = openLedger(
      taxed.opening,
      n,
      taxed.stage.assets.map((asset) => asset.floatUnits),
    );
    ledger.cash[n] = taxed.first.books.cash[n]!;
    for (const day of taxed.days) foldDay(ledger, day);
    const size = books.cash.reduce((sum, x) => sum + Math.abs(x), 0);
    books.cash.forEach((cash, i) => expect(Math.abs(ledger.cash[i]! - cash) / size).to.be.below(1e-9));
  });
});
