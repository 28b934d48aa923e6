import { expect } from 'chai';
import fc from 'fast-check';
import { foldSchemes, type FoldScheme } from '../../../agents/assessment/folds.js';

const days = { from: 10, to: 70 };

describe('folds', () => {
  it('walk forward: all days before a test, less those whose outcomes reach into it, less the embargo', () => {
    const folds = foldSchemes['walk-forward']({ days, folds: 2, horizon: 5, embargo: 3 });
    // Three parts of 20 days. Outcomes of days 26 to 29 reach into day 30; the embargo takes 23 to 25.
    expect(folds).to.deep.equal([
      { train: [{ from: 10, to: 23 }], test: { from: 30, to: 50 } },
      { train: [{ from: 10, to: 43 }], test: { from: 50, to: 70 } },
    ]);
  });

  it('k-fold: purged on both sides, the embargo after the test', () => {
    const folds = foldSchemes['k-fold']({ days, folds: 3, horizon: 5, embargo: 3 });
    expect(folds[1]).to.deep.equal({
      train: [
        { from: 10, to: 26 },
        { from: 57, to: 70 },
      ],
      test: { from: 30, to: 50 },
    });
    expect(folds[0]!.train).to.deep.equal([{ from: 37, to: 70 }]);
  });

  for (const scheme of Object.keys(foldSchemes) as FoldScheme[])
    it(`${scheme}: no outcome that is trained on shares a day with one that is tested (law)`, () => {
      fc.assert(
        fc.property(
          fc.record({
            length: fc.nat(300),
            folds: fc.integer({ min: 1, max: 12 }),
            horizon: fc.integer({ min: 1, max: 30 }),
            embargo: fc.nat(20),
          }),
          ({ length, folds, horizon, embargo }) => {
            const made = foldSchemes[scheme]({ days: { from: 7, to: 7 + length }, folds, horizon, embargo });
            expect(made).to.have.length(folds);
            for (const { train, test } of made) {
              expect(test.from >= 7 && test.to <= 7 + length).to.equal(true);
              for (const { from, to } of train) {
                expect(from >= 7 && to <= 7 + length && to > from).to.equal(true);
                // The last outcome of the stretch ends before the first of the test begins, or the other way round.
                const before = to - 1 + horizon - 1 < test.from;
                const after = test.to - 1 + horizon - 1 + embargo < from;
                expect(before || after).to.equal(true);
                if (scheme === 'walk-forward') expect(before).to.equal(true);
              }
            }
          },
        ),
      );
    });
});
