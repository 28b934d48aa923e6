import { expect } from 'chai';
import fc from 'fast-check';
import { arrivalOrder } from '../../../market/clearing/arrival-order.js';

const order = (time: number[], tie: number[]): number[] =>
  Array.from(arrivalOrder(Float64Array.from(time), Float64Array.from(tie)));

describe('arrival order', () => {
  it('is by time, then by lot, then as they stand', () => {
    expect(order([2, -1, 2, 0, 2], [0.5, 0.9, 0.1, 0.3, 0.5])).to.deep.equal([1, 3, 2, 0, 4]);
  });

  it('of nobody is nothing, of one is that one', () => {
    expect(order([], [])).to.deep.equal([]);
    expect(order([3], [0.5])).to.deep.equal([0]);
  });

  it('law: what a stable sort says, however times are spread', () => {
    const anywhere = fc.double({ min: -1, max: 3, noNaN: true });
    const few = fc.constantFrom(0, 1 / 3, 2 / 3, 1 / 3 + 1e-16, 5e-324);
    const far = fc.constantFrom(-1, 1e9);
    const time = fc.oneof(few, few, anywhere, far);
    const events = fc.array(fc.tuple(time, fc.constantFrom(0.25, 0.5, 0.75)), { maxLength: 400 });
    fc.assert(
      fc.property(events, (drawn) => {
        const expected = drawn.map((_, at) => at);
        expected.sort((a, b) => drawn[a]![0] - drawn[b]![0] || drawn[a]![1] - drawn[b]![1]);
        const found = order(
          drawn.map(([t]) => t),
          drawn.map(([, lot]) => lot),
        );
        expect(found).to.deep.equal(expected);
      }),
      { seed: 5 },
    );
  });

  it('of a thousand that come at one time is by lot', () => {
    const tie = Float64Array.from({ length: 1000 }, (_, at) => ((at * 389) % 1000) / 1000);
    const found = arrivalOrder(new Float64Array(1000).fill(0.5), tie);
    expect(Array.from(found, (at) => tie[at])).to.deep.equal(Array.from(tie).sort((a, b) => a - b));
  });
});
