import { expect } from 'chai';
import type { CliError } from '../../../../cli/errors.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

const refusal = (input: object): string => {
  try {
    measured('effective-number', { orders: [1], ...input });
  } catch (error) {
    return (error as CliError).lines.join('; ');
  }
  return 'accepted';
};

describe('effective-number', () => {
  it('with similarity: two clones and a stranger are two kinds', () => {
    const similarity = [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ];
    const { values } = measured<{ values: object }>('effective-number', {
      shares: [0.25, 0.25, 0.5],
      orders: [0, 1, 2, 'inf', 0.5],
      similarity,
    });
    expectClose(values, { 0: 2, 1: 2, 2: 2, inf: 2, 0.5: 2 }, 1e-14);
  });

  it('names what is wrong', () => {
    expect(refusal({ shares: [0.5, 0.4] })).to.match(/^shares: sums to 0\.9/);
    expect(refusal({})).to.equal('shares: give either shares or counts');
    expect(refusal({ counts: [0, 0] })).to.match(/^counts: sums to 0/);
    expect(refusal({ shares: [1], orders: [-1] })).to.match(/^orders\[0\]: must/);
    expect(
      refusal({
        shares: [0.5, 0.5],
        similarity: [
          [1, 2],
          [0, 1],
        ],
      }),
    ).to.match(/^similarity\[0\]\[1\]: /);
    expect(
      refusal({
        shares: [0.5, 0.5],
        similarity: [
          [1, 0],
          [0, 0.5],
        ],
      }),
    ).to.match(/^similarity\[1\]\[1\]: must be 1/);
  });
});
