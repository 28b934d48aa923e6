import { expect } from 'chai';
import { z } from 'zod';
import { permit } from '../../coordinator/permit.js';
import { scenarioSchema, withDerivedDefaults, type Scenario } from '../../core/scenario.js';
import { createStage } from '../../market/stage.js';
import { catalogue } from '../market/fixture.js';
import { plainAsset, worldWith } from '../market/small-world.js';

const options = z.strictObject({ longOnly: z.boolean().default(true) });
const shortable = {
  ...catalogue,
  strategies: { 'mean-variance': { summary: 'may be told to go short', options } },
};

const scenarioWith = (longOnly: boolean): Scenario =>
  withDerivedDefaults(
    scenarioSchema(shortable).parse({
      name: 'test',
      assets: [plainAsset('a'), plainAsset('b')],
      institutions: {
        count: 2,
        sizes: { largestShare: 0.9 },
        types: {
          fund: {
            share: 1,
            leverage: 1,
            leverageCap: 3,
            leverageTarget: 2,
            positionLimit: 0.25,
            benchmark: { equity: 1 },
            strategy: { name: 'mean-variance', longOnly },
          },
        },
      },
    }),
  );

/** Fund 0 has 500 in cash and 5 units of a at 100; fund 1 has nothing. */
function permitted(scenario: Scenario, wishes: number[], online = [1, 1]): ReturnType<typeof permit> {
  const world = worldWith(scenario, {
    cash: [500],
    units: [
      [5, 0],
      [0, 0],
    ],
  });
  return permit(scenario, createStage(scenario), world, Uint8Array.from(online), Float64Array.from(wishes));
}

describe('permit', () => {
  it('lets a long-only institution sell what it holds and no more', () => {
    const { orders, notices } = permitted(scenarioWith(true), [-8, -1, 3, 0]);
    expect(Array.from(orders.units)).to.deep.equal([-5, 0, 3, 0]);
    expect(notices[0]!.columns).to.deep.equal({
      institution: ['fund-01', 'fund-01'],
      asset: ['a', 'b'],
      from: [-8, -1],
      to: [-5, 0],
      reason: ['would sell more than it holds', 'would sell more than it holds'],
    });
  });

  it('lets others sell short up to the position limit in each asset', () => {
    // Its tradable book is worth 1000: a short position of 250, or 2.5 units, beyond the 5 that it holds.
    const { orders, notices } = permitted(scenarioWith(false), [-8, -2.5, 0, -1]);
    [-7.5, -2.5, 0, 0].forEach((units, at) => expect(orders.units[at]).to.be.closeTo(units, 1e-9));
    expect(notices[0]!.columns['asset']).to.deep.equal(['a', 'b']);
    expect(notices[0]!.columns['reason']![0]).to.equal('would be short beyond its position limit');
  });

  it('never makes anyone buy, and asks nothing of those who are not there', () => {
    const scenario = scenarioWith(true);
    const world = worldWith(scenario, {
      cash: [500],
      units: [
        [-2, 0],
        [0, 0],
      ],
    });
    const wishes = Float64Array.of(-1, 0, 5, 5);
    const { orders } = permit(scenario, createStage(scenario), world, Uint8Array.of(1, 0), wishes);
    expect(Array.from(orders.institution)).to.deep.equal([0]);
    expect(Array.from(orders.units, (x) => x + 0)).to.deep.equal([0, 0]);
    expect(permitted(scenario, [-1, 0, 0, 0]).notices).to.deep.equal([]);
  });
});
