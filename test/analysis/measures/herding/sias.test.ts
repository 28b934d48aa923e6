import { expect } from 'chai';
import { siasPeriod } from '../../../../analysis/measures/herding/sias.js';
import { expectClose } from '../../../close.js';

describe('siasPeriod', () => {
  it('one institution that repeats itself follows itself alone', () => {
    expectClose(siasPeriod([[1, -1]], [[1, -1]]), { beta: 1, own: 1, others: 0 }, 1e-15);
  });

  it('two institutions that swap sides of two assets follow each other alone', () => {
    // Fractions of buyers (1, 0) then (1, 0): each asset's trader of one period is not its trader of the next.
    const before = [
      [1, 0],
      [0, -1],
    ];
    const after = [
      [0, -1],
      [1, 0],
    ];
    expectClose(siasPeriod(before, after), { beta: 1, own: 0, others: 1 }, 1e-15);
  });

  it('two institutions on both assets, by hand', () => {
    // Fractions (1, ½) then (1, 0), means ¾ and ½, deviations ±¼ and ±½: β = 1.
    // Own: asset 0: (¼·½ + ¼·½)/4 = 1/16; asset 1: (¼·(−½) + (−¾)(−½))/4 = 1/16. Scale 2·¼·½ = ¼.
    const before = [
      [1, 1],
      [1, -1],
    ];
    const after = [
      [1, -1],
      [1, -1],
    ];
    expectClose(siasPeriod(before, after), { beta: 1, own: 0.5, others: 0.5 }, 1e-15);
  });

  it('leaves out assets that were not traded in both periods, and says null where too few are left', () => {
    const nothing = { beta: null, own: null, others: null };
    expect(siasPeriod([[1, -1, 0]], [[1, 0, 1]])).to.deep.equal(nothing);
    expect(siasPeriod([[1, 1]], [[1, -1]])).to.deep.equal(nothing);
  });
});
