import { expect } from 'chai';
import { dayOf, noticed, threeBanks, worldWith } from './small-world.js';

describe('orders at the door of the market', () => {
  const clearings = [
    { mechanism: 'impact' },
    { mechanism: 'call-auction', floor: 0.5 },
    { mechanism: 'order-book', floor: 0.5, impact: 0.01, noiseOrders: 0 },
  ];
  for (const clearing of clearings)
    it(`${clearing.mechanism}: one whose size is not a number is refused, on record, and the others trade`, () => {
      const scenario = threeBanks({ clearing });
      const world = worldWith(scenario, {
        cash: [1000, 1000, 0],
        units: [
          [5, 5],
          [5, 5],
          [0, 0],
        ],
      });
      const orders = {
        institution: Int32Array.of(0, 1),
        units: Float64Array.of(NaN, -1, Infinity, 2),
      };
      const { world: after, facts } = dayOf(scenario, world, orders);
      // A size below 0 is a sale.
      expect(Array.from(after.books.units.subarray(0, 4))).to.deep.equal([5, 4, 5, 7]);
      const { institution, asset, units, reason } = noticed(facts, 'refused');
      expect([institution, asset, units]).to.deep.equal([
        ['bank-01', 'bank-02'],
        ['a', 'a'],
        [0, 0],
      ]);
      expect(reason).to.deep.equal([
        'size is NaN, not a number of units',
        'size is Infinity, not a number of units',
      ]);
    });
});
