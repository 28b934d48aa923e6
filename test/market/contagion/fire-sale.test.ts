import { expect } from 'chai';
import { expectClose } from '../../close.js';
import { measured } from '../../measured.js';
import { refusal } from '../../refusal.js';

interface Output {
  iterations: number;
  prices: number[];
  sold: number[][];
  losses: number[];
  defaulted: number[];
}

/** One bank, one asset: 100 units, debt 90; the shock of −2% leaves assets 98 and equity 8, leverage 12.25. */
const bank = {
  holdings: [[100]],
  equity: [10],
  leverageCap: 11,
  leverageTarget: 10,
  impact: { law: 'linear', depth: [1000] },
  shock: [-0.02],
};

describe('fire sale', () => {
  it('sells back to the target at the price before the wave, and settles in the middle', () => {
    const found = measured<Output>('fire-sale', { ...bank, maxRounds: 1 });
    const units = 18 / 0.98; // 98 − 10 · 8 at 0.98
    const price = 0.98 * (1 - units / 1000);
    expectClose(found.sold, [[units]], 1e-12);
    expectClose(found.prices, [price], 1e-12);
    expectClose(found.losses, [(units * (0.98 - price)) / 2 + (100 - units) * (0.98 - price)], 1e-12);
    expect(found).to.include({ iterations: 1 });
    const end = measured<Output>('fire-sale', { ...bank, maxRounds: 1, settlement: 'end' });
    expectClose(end.losses, [100 * (0.98 - price)], 1e-12);
  });

  it('uses cash first, and counts it as an asset', () => {
    // 80 units and 20 cash: shock −2.5% gives assets 98; to reach 80 it repays 18 in cash and sells nothing.
    const found = measured<Output>('fire-sale', { ...bank, holdings: [[80]], cash: [20], shock: [-0.025] });
    expectClose(found.sold, [[0]], 0);
    expectClose(found.prices, [0.975], 1e-15);
    expectClose(found.losses, [0], 1e-12);
  });

  it('stays put at or below the cap', () => {
    const found = measured<Output>('fire-sale', { ...bank, leverageCap: 12.25 });
    expect(found.iterations).to.equal(1);
    expectClose(found.sold, [[0]], 0);
  });

  it('targets leverage where the target is above the cap', () => {
    const found = measured<Output>('fire-sale', { ...bank, leverageCap: 1, leverageTarget: 12.25 });
    expectClose(found.sold, [[0]], 0);
  });

  it('does not sell in default', () => {
    const found = measured<Output>('fire-sale', { ...bank, defaultLeverage: 12 });
    expect(found.defaulted).to.deep.equal([1]);
    expectClose(found.sold, [[0]], 0);
    const gone = measured<Output>('fire-sale', { ...bank, shock: [-0.1] });
    expect(gone.defaulted).to.deep.equal([1]);
    expectClose(gone.sold, [[0]], 0);
  });

  it('spreads to who holds the same asset', () => {
    const two = {
      ...bank,
      holdings: [
        [100, 0],
        [100, 1],
      ],
      equity: [10, 50],
      impact: { law: 'linear', depth: [1000, 1000] },
      shock: [-0.02, 0],
      maxRounds: 1,
    };
    const found = measured<Output>('fire-sale', two);
    expectClose(found.losses[1], 100 * (0.98 - found.prices[0]!), 1e-12);
    expectClose(found.sold[1], [0, 0], 0);
  });

  it('solves sales and price at once: the least and the greatest', () => {
    // Without a shock leverage is 10, below the cap of 11: nobody need sell, so the least is calm.
    const calm = { ...bank, impact: { law: 'linear', depth: [500] }, shock: [0], solution: 'least' };
    expectClose(measured<Output>('fire-sale', calm).prices, [1], 0);
    // From full sale, p = 0.8: equity is below 0 and all is sold, which sustains itself.
    const run = measured<Output>('fire-sale', { ...calm, solution: 'greatest' });
    expectClose(run.prices, [0.8], 1e-12);
    expectClose(run.sold, [[100]], 1e-12);
    expect(run.defaulted).to.deep.equal([1]);
  });

  it('just meets the cap at the prices it causes', () => {
    const found = measured<Output>('fire-sale', {
      ...bank,
      impact: { law: 'linear', depth: [100000] },
      solution: 'least',
    });
    const [price, units] = [found.prices[0]!, found.sold[0]![0]!];
    expectClose(price, 0.98 * (1 - units / 100000), 1e-12);
    expectClose(((100 - units) * price) / (100 * price - 90), 11, 1e-9);
    expectClose(found.losses, [100 * (0.98 - price)], 1e-12);
  });

  it('refuses parameters of another law and another number of assets', () => {
    const refused = (change: object) => refusal(() => measured('fire-sale', { ...bank, ...change }));
    expect(refused({ impact: { law: 'linear', beta: [1] } })).to.match(/impact/);
    expect(refused({ impact: { law: 'linear', depth: [1, 1] } })).to.match(/impact.*depth/s);
    expect(refused({ shock: [0, 0] })).to.match(/shock/);
    expect(refused({ equity: [0] })).to.match(/equity/);
    expect(refused({ solution: 'least', settlement: 'mid' })).to.match(/settlement/);
  });
});
