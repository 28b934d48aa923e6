import { expect } from 'chai';
import fc from 'fast-check';
import { benjaminiHochberg } from '../../../analysis/statistics/benjamini-hochberg.js';
import { holm } from '../../../analysis/statistics/holm.js';

const close = (found: readonly number[], wanted: readonly number[]): void =>
  wanted.forEach((w, i) => expect(found[i]).closeTo(w, 1e-12));

describe('families of tests', () => {
  const pValues = [0.01, 0.04, 0.03, 0.005, 0.5];
  it('holm by hand', () => close(holm(pValues), [0.04, 0.09, 0.09, 0.025, 0.5]));
  it('benjamini-hochberg as scipy', () => close(benjaminiHochberg(pValues), [0.025, 0.05, 0.05, 0.025, 0.5]));
  it('leaves what is no number out of the family', () => {
    close([holm([NaN, 0.02, 0.03])[1]!, holm([NaN, 0.02, 0.03])[2]!], [0.04, 0.04]);
    expect(holm([NaN, 0.02])[0]).to.be.NaN;
    expect(benjaminiHochberg([NaN, 0.02])[0]).to.be.NaN;
  });
  it('never lowers a p-value, keeps the order, and holm is the stricter', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (p) => {
          const [strict, loose] = [holm(p), benjaminiHochberg(p)];
          p.forEach((v, i) => {
            expect(loose[i]).at.least(v);
            expect(strict[i]).at.least(loose[i]! - 1e-15);
            p.forEach((w, j) => {
              if (v < w) expect(strict[i]).at.most(strict[j]!);
            });
          });
        },
      ),
    );
  });
});
