import { expect } from 'chai';
import { checkLoss, quantileRegression } from '../../../analysis/measures/quantile-regression.js';
import { expectClose } from '../../close.js';

const noisy = { x: [1, 2, 3, 4, 5, 6, 7, 8], y: [1.2, 1.9, 3.4, 3.7, 5.9, 5.2, 7.7, 7.1] };

/** The least loss over every line through two points: the optimum lies on one of them. */
function leastLoss(x: number[], y: number[], q: number): number {
  let least = Infinity;
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      if (x[i] === x[j]) continue;
      const slope = (y[i]! - y[j]!) / (x[i]! - x[j]!);
      least = Math.min(least, checkLoss(x, y, q, { slope, intercept: y[i]! - slope * x[i]! }));
    }
  return least;
}

describe('quantileRegression', () => {
  it('finds an exact line', () => {
    const { x } = noisy;
    const y = x.map((value) => 3 - 2 * value);
    expectClose(quantileRegression(x, y, 0.1), { intercept: 3, slope: -2 }, 1e-14);
  });

  it('is as good as the best of all lines through two points, ties and all', () => {
    const tied = { x: [1, 1, 1, 2, 2, 2, 3, 3, 3, 3], y: [0, 1, 2, 0, 1, 1, 2, 2, 0, 1] };
    for (const { x, y } of [noisy, tied])
      for (const q of [0.05, 0.1, 0.25, 0.5, 0.8, 0.95])
        expect(checkLoss(x, y, q, quantileRegression(x, y, q))).to.be.closeTo(leastLoss(x, y, q), 1e-13);
  });

  it('leaves a share q of the points below', () => {
    const { slope, intercept } = quantileRegression(noisy.x, noisy.y, 0.25);
    const below = noisy.y.filter((value, i) => value < intercept + slope * noisy.x[i]! - 1e-12).length;
    expect(below).to.be.at.most(2);
  });
});
