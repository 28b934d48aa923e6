import { expect } from 'chai';
import { pow } from '../../../../core/numeric.js';
import {
  autocorrelation,
  decayExponent,
  leverageCorrelation,
  leverageFunction,
} from '../../../../analysis/measures/performance/autocorrelation.js';
import { expectClose } from '../../../close.js';

describe('autocorrelation', () => {
  it('of an alternating series: −3/4 and 2/4, denominators from the whole sample', () => {
    expectClose(autocorrelation([1, -1, 1, -1], 2), [-0.75, 0.5], 1e-15);
  });

  it('decay exponent of an exact power law, negative lags left out', () => {
    const law = Array.from({ length: 50 }, (_, i) => 0.5 * pow(i + 1, -0.3));
    expect(decayExponent(law)).to.be.closeTo(0.3, 1e-13);
    expect(decayExponent([...law, -0.1])).to.be.closeTo(0.3, 1e-13);
    expect(decayExponent([0.5, -0.1])).to.equal(null);
  });

  it('leverage at lag 1, by hand', () => {
    // c = (1, −1, 2, −2): (1·1 − 1·4 + 2·4)/3 over (10/4)².
    expectClose(leverageFunction([1, -1, 2, -2], 1), [5 / 3 / 6.25], 1e-15);
  });

  it('leverage correlation at lags 1 and 2, null where squares do not vary', () => {
    // r (1, −1) against squares (1, 4): r falls as the square grows.
    expectClose(leverageCorrelation(Float64Array.of(1, -1, 2), 1), [-1], 1e-14);
    expect(leverageCorrelation(Float64Array.of(1, -1, 1, -1), 1)).to.deep.equal([null]);
  });
});
