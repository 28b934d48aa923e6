import { expect } from 'chai';
import fc from 'fast-check';
import { heap } from '../../core/heap.js';

describe('heap', () => {
  it('law: draws all numbers in the order of their keys, ties by number', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (keys) => {
        const before = (a: number, b: number): number => keys[a]! - keys[b]! || a - b;
        const draw = heap(keys.length, before);
        expect(keys.map(() => draw())).to.deep.equal([...keys.keys()].sort(before));
        expect(draw()).to.equal(undefined);
      }),
    );
  });
});
