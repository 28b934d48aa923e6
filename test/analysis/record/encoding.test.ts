import { expect } from 'chai';
import fc from 'fast-check';
import { distinctCounter, encodingOf } from '../../../analysis/record/encoding.js';

describe('the encoding of a column', () => {
  it('rests on as many distinct numbers as a set would hold, zeros and NaNs alike, column after column', () => {
    const count = distinctCounter();
    const value = fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, 1, 2, 3));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 200 }), (values) => {
        expect(count(Float64Array.from(values), Infinity)).to.equal(new Set(values).size);
        const floats = Float32Array.from(values);
        expect(count(floats, Infinity)).to.equal(new Set(floats).size);
      }),
    );
  });

  it('stops counting one past the limit', () => {
    expect(
      distinctCounter()(
        Float64Array.from({ length: 100 }, (_, i) => i),
        10,
      ),
    ).to.equal(11);
  });

  it('splits the bytes of numbers that hardly repeat, and leaves to the writer what a dictionary may halve', () => {
    const numbers = (distinct: number) => Float64Array.from({ length: 100 }, (_, i) => i % distinct);
    const count = distinctCounter();
    expect(encodingOf(numbers(76), count)).to.deep.equal({ encoding: 'BYTE_STREAM_SPLIT' });
    expect(encodingOf(numbers(75), count)).to.deep.equal({ encoding: 'PLAIN' });
    expect(encodingOf(numbers(50), count)).to.deep.equal({});
    expect(encodingOf(Int32Array.from(numbers(100)), count)).to.deep.equal({});
    expect(encodingOf(['a'], count)).to.deep.equal({});
  });
});
