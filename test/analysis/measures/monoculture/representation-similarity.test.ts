import { expect } from 'chai';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

describe('representation-similarity', () => {
  it('is the CKA of every pair', () => {
    const [a, b] = [
      [
        [1, 2],
        [3, 4],
        [5, 7],
        [0, 1],
        [2, 2],
      ],
      [
        [2, 0],
        [1, 1],
        [3, 5],
        [0, 0],
        [1, 2],
      ],
    ];
    const { cka } = measured<{ cka: number }>('cka', { x: a, y: b });
    const scaled = a.map((row) => row.map((value) => -3 * value));
    const result = measured<{ mean: number }>('representation-similarity', {
      representations: [a, b, scaled],
    });
    expectClose(
      result,
      {
        cka: [
          [1, cka, 1],
          [cka, 1, cka],
          [1, cka, 1],
        ],
        mean: (1 + 2 * cka) / 3,
      },
      1e-12,
    );
    expect(cka).to.be.below(1);
  });
});
