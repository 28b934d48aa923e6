import { expect } from 'chai';
import { pow } from '../../core/numeric.js';

describe('pow', () => {
  it('is within 1 ulp of the truth', () => {
    const truths = [
      [0.3, 0.6, 0.4855933748302038],
      [1.0000001, 1e8, 22026.454910182532],
      [1e-5, 0.25, 0.05623413251903491],
      [123.456, -7.89, 3.1475216724926214e-17],
      [2, 0.1, 1.0717734625362931],
      [5.5, 400.7, 4.6060609483814474e296],
      [0.9, 1234.5, 3.25370296330818e-57],
      [1e-300, 1.07, 1e-321],
      [3e-310, 0.9, 2.6878753795222366e-279],
      [1.5, -1023.25, 6.525580796745973e-181],
    ] as const;
    for (const [x, y, truth] of truths) {
      const tolerance = Math.max(2.3e-16 * truth, Number.MIN_VALUE);
      expect(Math.abs(pow(x, y) - truth), `pow(${x}, ${y})`).to.be.at.most(tolerance);
    }
  });

  it('is exact for integer powers that a float64 holds', () => {
    for (let base = -12; base <= 12; base += 1) {
      let product = 1;
      for (let y = 0; Math.abs(product) < 2 ** 53; y += 1, product *= base) {
        expect(pow(base, y), `pow(${base}, ${y})`).to.equal(product);
        if (y > 40) break;
      }
    }
    expect(pow(10, 22)).to.equal(1e22);
    expect(pow(2, 1023)).to.equal(2 ** 1023);
    expect(pow(2, -1074)).to.equal(Number.MIN_VALUE);
    expect(pow(1.1, 2)).to.equal(1.1 * 1.1);
    expect(pow(0.7, -1)).to.equal(1 / 0.7);
    expect(pow(2, 0.5)).to.equal(Math.SQRT2);
  });

  it('overflows, underflows and treats zeros and infinities as IEEE 754 does', () => {
    const points = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 2.5, -2.5, 2001, -2001, 1e300, NaN];
    const all = [...points, Infinity, -Infinity];
    for (const x of all) {
      for (const y of all) {
        const theirs = Math.pow(x, y);
        const same = Object.is(pow(x, y), theirs) || Math.abs(pow(x, y) - theirs) < 1e-15 * Math.abs(theirs);
        expect(same, `pow(${x}, ${y}) = ${pow(x, y)}, not ${theirs}`).to.be.true;
      }
    }
  });

  it('agrees with the engine to 1e-14', () => {
    for (let x = 0.013; x < 30; x += 0.117) {
      for (let y = -9.7; y < 10; y += 0.53) {
        expect(Math.abs(pow(x, y) / Math.pow(x, y) - 1), `pow(${x}, ${y})`).to.be.below(1e-14);
      }
    }
  });
});
