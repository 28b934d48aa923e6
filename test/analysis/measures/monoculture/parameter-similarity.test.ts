import { expect } from 'chai';
import { parameterDistances } from '../../../../analysis/measures/monoculture/parameter-similarity.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

describe('parameter similarity', () => {
  it('distances over the norm of the reference: 5 from (3, 4) is one whole', () => {
    expectClose(
      parameterDistances(
        [
          [3, 4],
          [0, 0],
          [6, 8],
          [3, -4],
        ],
        [3, 4],
      ),
      [0, 1, 1, 1.6],
      1e-15,
    );
  });

  it('takes the weighted mean for the reference, and the cosine of every pair', () => {
    const result = measured('parameter-similarity', {
      parameters: [
        [1, 0],
        [0, 1],
      ],
      weights: [3, 1],
    });
    const size = Math.sqrt(10) / 4;
    const [near, far] = [Math.sqrt(2) / 4 / size, (3 * Math.sqrt(2)) / 4 / size];
    const cosine = [
      [1, 0],
      [0, 1],
    ];
    expectClose(
      result,
      { distances: [near, far], meanDistance: (near + far) / 2, cosine, meanCosine: 0 },
      1e-14,
    );
  });

  it('says what is undefined: models that are 0, and distances from 0', () => {
    const nothing = measured<Record<string, unknown>>('parameter-similarity', {
      parameters: [
        [0, 0],
        [1, 1],
      ],
      reference: [0, 0],
    });
    expect([nothing['distances'], nothing['meanDistance'], nothing['meanCosine']]).to.deep.equal([
      [null, null],
      null,
      null,
    ]);
    expect(nothing['undefinedBecause']).to.match(/which is 0; models without a direction.*: 0$/);
  });

  it('needs as many weights as models, and as long a reference', () => {
    const parameters = [
      [1, 2],
      [3, 4],
    ];
    expect(() => measured('parameter-similarity', { parameters, weights: [1] })).to.throw(/weights/);
    expect(() => measured('parameter-similarity', { parameters, reference: [1] })).to.throw(/reference/);
  });
});
