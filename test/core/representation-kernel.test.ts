import { expect } from 'chai';
import fc from 'fast-check';
import { linearCka } from '../../analysis/measures/monoculture/cka.js';
import { kernelWidth, meanSimilarities, representationKernel } from '../../core/representation-kernel.js';
import { stream } from '../../core/random.js';

const drawn = (entity: string, rows: number, width: number): Float32Array => {
  const draw = stream({ seed: 1, purpose: 'test', entity });
  return Float32Array.from({ length: rows * width }, () => draw.normal());
};

const rowsOf = (flat: Float32Array, rows: number): number[][] => {
  const width = flat.length / rows;
  return Array.from({ length: rows }, (_, i) => Array.from(flat.subarray(i * width, (i + 1) * width)));
};

describe('core/representation-kernel', () => {
  it('gives the mean over pairs of the measure’s unbiased linear CKA', () => {
    const rows = 20;
    const models = [3, 5, 8, 16].map((width, i) => drawn(String(i), rows, width));
    const means = meanSimilarities(models.map((model) => representationKernel(model, rows)));
    models.forEach((model, i) => {
      const others = models.filter((_, j) => j !== i);
      const pairs = others.map((other) => linearCka(rowsOf(model, rows), rowsOf(other, rows)));
      expect(means[i]).to.be.closeTo(pairs.reduce((a, b) => a + b, 0) / pairs.length, 1e-6);
    });
  });

  it('is 1 for one representation turned, scaled and moved', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 6.28, noNaN: true }),
        fc.double({ min: 0.1, max: 10, noNaN: true }),
        (angle, scale) => {
          const one = drawn('turned', 16, 2);
          const [c, s] = [Math.cos(angle), Math.sin(angle)];
          const other = Float32Array.from(one, (x, at) =>
            at % 2 === 0 ? scale * (c * x - s * one[at + 1]!) + 3 : scale * (s * one[at - 1]! + c * x) - 1,
          );
          const [a] = meanSimilarities([one, other].map((model) => representationKernel(model, 16)));
          expect(a).to.be.closeTo(1, 1e-4);
        },
      ),
    );
  });

  it('compares the first 32 probes, however many there are', () => {
    const all = drawn('many', 64, 4);
    expect(kernelWidth(64)).to.equal(496);
    expect(representationKernel(all, 64)).to.deep.equal(representationKernel(all.slice(0, 128), 32));
  });

  it('is undefined without a representation, where it does not vary, and on fewer than four probes', () => {
    for (const [representation, probes] of [
      [undefined, 8],
      [new Float32Array(16).fill(0.3), 8],
      [drawn('few', 3, 4), 3],
    ] as const) {
      const kernel = representationKernel(representation, probes);
      expect(kernel).to.have.length(kernelWidth(probes));
      expect(kernel.every((x) => x === 0)).to.equal(true);
    }
    expect(meanSimilarities([representationKernel(drawn('alone', 8, 2), 8)])[0]).to.be.NaN;
  });
});
