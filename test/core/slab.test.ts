import { expect } from 'chai';
import { float64, int32, tabulate, uint8 } from '../../core/slab.js';

describe('short-lived arrays', () => {
  it('are zeroed and of the length asked for, small or larger than a block', () => {
    for (const length of [0, 1, 7, 12, 144, 100_000])
      for (const made of [float64(length), int32(length), uint8(length)]) {
        expect(made.length).to.equal(length);
        expect(made.every((value) => value === 0)).to.equal(true);
        (made as Float64Array).fill(9);
      }
  });

  it('share no element, however many are made', () => {
    const made = Array.from({ length: 3000 }, (_, i) => tabulate(1 + (i % 17), () => i));
    made.forEach((array, i) => expect(array.every((value) => value === i)).to.equal(true));
    const bytes = Array.from({ length: 300 }, (_, i) => uint8(i % 5).fill(i % 251));
    bytes.forEach((array, i) => expect(array.every((value) => value === i % 251)).to.equal(true));
  });
});
