import { expect } from 'chai';
import { cohenKappa } from '../../../../analysis/measures/monoculture/disagreement.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

describe('disagreement', () => {
  it('three models, pairs in order, by hand', () => {
    // (0,1): differ in 1 of 4; p_e = ½·¼ + ½·¾ = ½; κ = (¾ − ½)/½ = ½. (0,2): contrary, p_e ½, κ −1.
    // (1,2): agree in 1 of 4; p_e = ¼·½ + ¾·½ = ½; κ = −½.
    const labels = [
      [1, 1, 0, 0],
      [1, 0, 0, 0],
      [0, 0, 1, 1],
    ];
    expectClose(
      measured('disagreement', { labels, truth: [1, 1, 1, 0] }),
      { disagreement: [0.25, 1, 0.75], kappa: [0.5, -1, -0.5], accuracy: [0.75, 0.5, 0.25] },
      1e-15,
    );
  });

  it('κ of two constants: undefined where they are the same, 0 where they differ', () => {
    expect(cohenKappa([1, 1, 1], [1, 1, 1])).to.equal(null);
    expect(cohenKappa([1, 1, 1], [0, 0, 0])).to.equal(0);
  });
});
