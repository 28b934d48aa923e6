import { expect } from 'chai';
import { linearCka } from '../../../../analysis/measures/monoculture/cka.js';
import { doubleCentred } from '../../../../core/centring.js';
import { CliError } from '../../../../cli/errors.js';
import { stream } from '../../../../core/random.js';
import { measured } from '../../../measured.js';

const gaussian = (purpose: string, rows: number, columns: number): number[][] => {
  const draws = stream({ seed: 1, purpose });
  return Array.from({ length: rows }, () => Array.from({ length: columns }, () => draws.normal()));
};

describe('cka', () => {
  it('of one feature each is the squared correlation', () => {
    const [x, y] = [
      [[1], [2], [3]],
      [[1], [3], [2]],
    ];
    expect(linearCka(x, y, doubleCentred)).to.be.closeTo(0.25, 1e-15);
  });

  it('unbiased is near 0 for independent wide representations where biased is near 1', () => {
    const [x, y] = [gaussian('x', 30, 200), gaussian('y', 30, 200)];
    expect(Math.abs(linearCka(x, y))).to.be.below(0.1);
    expect(linearCka(x, y, doubleCentred)).to.be.above(0.8);
  });

  it('has no unbiased value where one sample alone differs', () => {
    const lone = [[0], [0], [7], [0], [0]];
    expect(linearCka(lone, gaussian('y', 5, 2))).to.be.NaN;
    expect(linearCka(lone, lone, doubleCentred)).to.be.closeTo(1, 1e-15);
  });

  it('refuses what does not vary, unequal samples, and too few for the unbiased estimator', () => {
    const y = gaussian('y', 5, 2);
    const constant = y.map(() => [1, 2]);
    expect(() => measured('cka', { x: constant, y })).to.throw(CliError, /^x: does not vary/);
    expect(() => measured('cka', { x: y.slice(1), y })).to.throw(CliError, /^y: has 5 values/);
    expect(() => measured('cka', { x: y.slice(2), y: y.slice(2) })).to.throw(CliError, /^x: has 3 samples/);
    expect(() => measured('cka', { x: constant, y, kernel: 'rbf' })).to.throw(CliError, /^x: more than half/);
    expect(() => measured('cka', { x: y, y, sigmaX: 1 })).to.throw(
      CliError,
      /^sigmaX: belongs to the rbf kernel/,
    );
  });
});
