import { expect } from 'chai';
import { philox } from '../../core/philox.js';

describe('philox', () => {
  it('gives the known answers of the Random123 distribution', () => {
    const all = 0xffffffff;
    const answers = [
      [[0, 0, 0, 0, 0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
      [[all, all, all, all, all, all], '408f276d 41c83b0e a20bc7c6 6d5451fd'],
      [
        [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0],
        'd16cfe09 94fdcceb 5001e420 24126ea1',
      ],
    ] as const;
    for (const [[c0, c1, c2, c3, key0, key1], words] of answers) {
      const out = new Uint32Array(4);
      philox(out, c0, c1, c2, c3, key0, key1);
      expect([...out].map((word) => word.toString(16).padStart(8, '0')).join(' ')).to.equal(words);
    }
  });
});
