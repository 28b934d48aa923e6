import { aggregateReturns, moments } from '../../../../analysis/measures/performance/moments.js';
import { expectClose } from '../../../close.js';

describe('moments', () => {
  it('a coin that pays 1 or −1 has the least kurtosis there is', () => {
    expectClose(moments([1, -1, 1, -1]), { mean: 0, variance: 1, skewness: 0, excessKurtosis: -2 }, 1e-15);
  });

  it('three zeros and a four, by hand: m₂ = 3, m₃ = 6, m₄ = 21', () => {
    const expected = { mean: 1, variance: 3, skewness: 6 / (3 * Math.sqrt(3)), excessKurtosis: 21 / 9 - 3 };
    expectClose(moments([0, 0, 0, 4]), expected, 1e-14);
  });

  it('sums whole blocks from the start', () => {
    expectClose(Array.from(aggregateReturns([1, 2, 3, 4, 5], 2)), [3, 7], 1e-15);
  });
});
