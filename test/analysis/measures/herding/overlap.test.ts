import { expect } from 'chai';
import {
  activeShare,
  aggregateShares,
  jaccardOverlap,
  minOverlap,
} from '../../../../analysis/measures/herding/overlap.js';
import { CliError } from '../../../../cli/errors.js';
import { measured } from '../../../measured.js';

const row = (...values: number[]) => Float64Array.from(values);

describe('overlap', () => {
  it('is 1 − half the distance of fully invested portfolios', () => {
    const [a, b] = [row(0.5, 0.5, 0), row(0, 0.25, 0.75)];
    expect(minOverlap(a, b)).to.equal(0.25);
    expect(activeShare(a, b)).to.equal(0.75);
    expect(jaccardOverlap(a, b)).to.equal(1 / 3);
  });

  it('weighs the aggregate by assets under management', () => {
    expect(Array.from(aggregateShares([row(1, 0), row(0, 1)], [3, 1])!)).to.deep.equal([0.75, 0.25]);
    expect(aggregateShares([row(1, -1), row(-1, 1)], [1, 1])).to.equal(null);
  });

  it('one portfolio has no pairs', () => {
    const { meanCosine } = measured<{ meanCosine: null }>('overlap', { weights: [[0.5, 0.5]] });
    expect(meanCosine).to.equal(null);
  });

  it('names an empty portfolio and a cancelled aggregate', () => {
    expect(() => measured('overlap', { weights: [[1], [0]] })).to.throw(
      CliError,
      /^weights\[1\]: holds nothing/,
    );
    expect(() => measured('overlap', { weights: [[1], [-1]] })).to.throw(
      CliError,
      /^weights: longs and shorts/,
    );
  });
});
