import { expect } from 'chai';
import { pricesOf, worldBalances } from '../../../market/book.js';
import { impact } from '../../../market/clearing/impact.js';
import { denseFromCsr } from '../../../market/contagion/csr.js';
import { reducedSystem } from '../../../market/contagion/balance-sheets.js';
import { createStage } from '../../../market/stage.js';
import { expectClose } from '../../close.js';
import { threeBanks, worldWith } from '../small-world.js';

const scenario = threeBanks({ clearing: { impact: 0.8 } });
const world = worldWith(scenario, {
  units: [
    [10, 5],
    [0, 3],
    [2, 0],
  ],
  cash: [50, -20, 30],
  loans: [100, 0, 0],
  funding: [800, 900, 10],
  claims: [
    [0, 2, 40],
    [1, 0, 30],
  ],
});
const price = pricesOf(world.prices);
const reduced = reducedSystem(scenario, {
  ...world.books,
  equity: worldBalances(world).equity,
  holdings: world.books.units.subarray(0, 6).map((q, at) => q * price[at % 2]!),
  claims: world.claims,
  leverageCap: [10, 10, 10],
  price,
});

describe('the system that channels see in a run', () => {
  it('holds the solvent: their equity, claims on each other, cash, loans and long positions', () => {
    // Bank 1 owes 920 against 330: it is left out, and so is its claim.
    expect(reduced.seats).to.deep.equal([0, 2]);
    const { equity, cash, otherAssets, holdings, exposures, crossHoldings } = reduced.system;
    expectClose([...equity], [1690 - 830, 230 - 50], 1e-9);
    expect([...cash]).to.deep.equal([50, 30]);
    expect([...otherAssets]).to.deep.equal([100, 0]);
    expectClose(denseFromCsr(holdings).flat(), [1000, 500, 200, 0], 1e-9);
    expect(denseFromCsr(exposures)).to.deep.equal([
      [0, 40],
      [0, 0],
    ]);
    expect(denseFromCsr(crossHoldings)[0]![1]).to.be.closeTo(40 / (180 + 40), 1e-12);
  });

  it('prices fall as they would in the market', () => {
    const stage = createStage(scenario);
    const opening = {
      seed: 1,
      day: 1,
      assets: stage.assets,
      institutions: stage.institutions,
      prices: world.prices,
      liquidity: world.liquidity,
      dailyMove: null,
      closed: new Map<number, string>(),
    };
    const session = impact.open(scenario.market.clearing, opening);
    const sold = Float64Array.of(-70, -3);
    const orders = { institution: Int32Array.of(0), units: sold };
    const wave = { orders, wave: 0, estates: new Float64Array(2) };
    const cleared = impact.clear(scenario.market.clearing, session, wave);
    const after = pricesOf(cleared.session.prices);
    sold.forEach((units, a) => {
      const fall = reduced.system.impact[a]!(-units * price[a]!);
      expect(fall)
        .to.be.below(1)
        .and.closeTo(after[a]! / price[a]!, 1e-12);
    });
  });
});
