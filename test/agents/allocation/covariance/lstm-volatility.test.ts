import { expect } from 'chai';
import { lstmVolatility } from '../../../../agents/allocation/covariance/lstm-volatility.js';
import type { ReturnHistory } from '../../../../agents/allocation/view.js';
import { stream } from '../../../../core/random.js';

/** Returns of two assets whose volatility alternates between calm and turbulent quarters. */
function alternating(rows: number, calmAtEnd: boolean): ReturnHistory {
  const draw = stream({ seed: 4, purpose: 'test' });
  const values = new Float64Array(rows * 2);
  for (let t = 0; t < rows; t++) {
    const turbulent = Math.floor((rows - 1 - t) / 40) % 2 === (calmAtEnd ? 1 : 0);
    const common = draw.normal();
    for (let i = 0; i < 2; i++)
      values[t * 2 + i] = (turbulent ? 0.03 : 0.01) * (0.8 * common + 0.6 * draw.normal());
  }
  return { rows, values };
}
const estimate = (history: ReturnHistory, options: object = {}) =>
  lstmVolatility.estimate(history, lstmVolatility.options.parse({ lookback: 10, ...options })).covariance;

describe('volatility by a recurrent network', () => {
  it('has learnt from the past whether tomorrow is turbulent', () => {
    const [calm, turbulent] = [true, false].map((end) => Math.sqrt(estimate(alternating(480, end))[0]!));
    expect(calm).to.be.within(0.006, 0.017);
    expect(turbulent).to.be.within(0.022, 0.042);
  });

  it('keeps the correlation, and is the same every time', () => {
    const covariance = estimate(alternating(480, true));
    expect(covariance[1]! / Math.sqrt(covariance[0]! * covariance[3]!)).to.be.closeTo(0.64, 0.06);
    expect(Array.from(estimate(alternating(480, true)))).to.deep.equal(Array.from(covariance));
    expect(covariance[1]).to.equal(covariance[2]);
  });

  it('refuses too few days, and what never moves', () => {
    expect(() => estimate(alternating(29, true))).to.throw(/too few/);
    expect(() => estimate({ rows: 40, values: new Float64Array(80) })).to.throw(/never moves/);
  });
});
