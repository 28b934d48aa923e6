import { expect } from 'chai';
import { exp } from '../../core/numeric.js';
import { pricesOf } from '../../market/book.js';
import { dayOf, noticed, plainAsset, threeBanks, worldWith } from './small-world.js';

const idle = [0, 0];

describe('margin', () => {
  it('sells back to the target at once where sales move no price, pro rata', () => {
    // Assets 1000, equity 50: leverage 20 over a cap of 10. To 8 times 50 it sheds 600, of 600 and 400.
    const scenario = threeBanks();
    const world = worldWith(scenario, { units: [[6, 4], idle, idle], funding: [950] });
    const { world: after, facts } = dayOf(scenario, world);
    expect(Array.from(after.books.units.subarray(0, 2)).map((q) => q.toFixed(9))).to.deep.equal([
      '2.400000000',
      '1.600000000',
    ]);
    expect(after.books.funding[0]).to.be.closeTo(350, 1e-9);
    expect(after.books.cash[0]).to.be.closeTo(0, 1e-9);
    expect(facts.tables.days!['marginWaves']).to.deep.equal(Int32Array.of(1));
    expect(noticed(facts, 'breach')['wave']).to.deep.equal([1]);
    expect(noticed(facts, 'breach')['leverage']![0]).to.be.closeTo(20, 1e-9);
    expect(facts.tables.institutions!['forcedUsd']![0]).to.be.closeTo(600, 1e-3);
  });

  it('sells the most liquid first where the scenario says so', () => {
    const scenario = threeBanks({
      assets: [plainAsset('a'), plainAsset('b', { advShare: 0.02 })],
      contagion: { liquidationOrder: 'most-liquid-first' },
    });
    const world = worldWith(scenario, { units: [[6, 4], idle, idle], funding: [950] });
    const { world: after } = dayOf(scenario, world);
    expect(after.books.units[1]).to.be.closeTo(0, 1e-12);
    expect(after.books.units[0]).to.be.closeTo(4, 1e-9);
  });

  it('one seller’s impact puts another in breach: waves follow until nobody is', () => {
    // Impact is linear here: p = 100 exp(−10⁻⁴ Q). Bank 0 is over its cap by 11.1 to 10; bank 1 stands at it.
    const scenario = threeBanks({
      clearing: { impact: 1, permanentShare: 1, reversion: 0 },
    });
    const world = worldWith(scenario, { units: [[100, 0], [100, 0], idle], funding: [9100, 9000] });
    const { world: after, facts } = dayOf(scenario, world);
    const first = 28; // (10000 − 8 · 900) / 100
    const p1 = 100 * exp(-1e-4 * first);
    const second = (100 * p1 - 8 * (100 * p1 - 9000)) / p1;
    expect(noticed(facts, 'breach')['institution']).to.deep.equal(['bank-01', 'bank-02']);
    expect(noticed(facts, 'breach')['wave']).to.deep.equal([1, 2]);
    expect(after.books.units[0]).to.be.closeTo(72, 1e-9);
    expect(after.books.units[2]).to.be.closeTo(100 - second, 1e-9);
    expect(pricesOf(after.prices)[0]).to.be.closeTo(100 * exp(-1e-4 * (first + second)), 1e-9);
  });

  it('a fall in value through the waves is reported as their loss', () => {
    const scenario = threeBanks({ clearing: { impact: 1, permanentShare: 1, reversion: 0 } });
    const world = worldWith(scenario, { units: [[100, 0], [50, 0], idle], funding: [9100] });
    const { facts } = dayOf(scenario, world);
    const paid = (100 * (1 - exp(-28e-4))) / 28e-4; // mean price of the wave
    const end = 100 * exp(-28e-4);
    const loss = 28 * (100 - paid) + (72 + 50) * (100 - end);
    expect(facts.tables.days!['marginLossUsd']![0]).to.be.closeTo(loss, 1e-8);
  });

  it('with nothing left to sell it repays from cash and stops', () => {
    const scenario = threeBanks();
    const world = worldWith(scenario, { cash: [30], loans: [970], funding: [950] });
    const { world: after, facts } = dayOf(scenario, world);
    expect(after.books.cash[0]).to.equal(0);
    expect(after.books.funding[0]).to.equal(920);
    expect(after.books.active[0]).to.equal(1);
    expect(facts.tables.days!['marginWaves']).to.deep.equal(Int32Array.of(0));
  });

  it('prime-broker debt is repaid before funding', () => {
    const scenario = threeBanks();
    const world = worldWith(scenario, { cash: [-500], units: [[10, 0], idle, idle], funding: [450] });
    const { world: after } = dayOf(scenario, world);
    expect(after.books.units[0]).to.be.closeTo(4, 1e-9);
    expect(after.books.cash[0]).to.be.closeTo(0, 1e-9);
    expect(after.books.funding[0]).to.be.closeTo(350, 1e-9);
  });

  it('buys back short positions: they are closed, units and cash conserved', () => {
    // Long 500, short 400, cash 100: assets 600, equity 200, leverage 3 over a cap of 2.
    const scenario = threeBanks({ type: { leverage: 1.2, leverageCap: 2, leverageTarget: 1.5 } });
    const world = worldWith(scenario, { cash: [100], units: [[5, -4], idle, idle] });
    const { world: after } = dayOf(scenario, world);
    const [a, b] = after.books.units;
    const assets = after.books.cash[0]! + a! * 100;
    expect(b).to.be.within(-4, 0);
    expect(assets / (assets + b! * 100)).to.be.at.most(2 * (1 + 1e-9));
    expect(after.books.units[1]! + after.books.units[7]!).to.be.closeTo(1e4, 1e-8);
    expect(after.books.cash.reduce((sum, x) => sum + x, 0)).to.be.closeTo(100, 1e-9);
  });
});
