import { expect } from 'chai';
import { blended, laidOut, maturedSpan, samplesIn } from '../../agents/samples.js';
import { excerptOf } from '../../agents/window.js';
import { windowOf } from './window-of.js';

/** Two assets; each number says its day and asset. */
const window = windowOf(9, { reach: 5, assets: 2, lookback: 3 }, (d) => ({
  inputs: [10 * d, 10 * d + 1],
  targets: [-10 * d, -10 * d - 1],
}));

describe('samples of spans', () => {
  it('go span by span, day by day, asset by asset, each with the days it looks back on', () => {
    const samples = samplesIn(
      [
        { window, from: 7, to: 9 },
        { window, from: 5, to: 6 },
      ],
      2,
    );
    const { inputs, targets } = laidOut(samples, 2);
    expect([...targets]).to.deep.equal([-70, -71, -80, -81, -50, -51]);
    expect([...inputs]).to.deep.equal([60, 70, 61, 71, 70, 80, 71, 81, 40, 50, 41, 51]);
    expect(maturedSpan(window)).to.deep.include({ from: 4, to: 9 });
  });

  it('of an excerpt are those of the window it was taken from, after the window has moved on', () => {
    const excerpt = excerptOf(window, 4, 6, 3);
    const moved = windowOf(30, { reach: 5, assets: 2, lookback: 3 }, () => ({
      inputs: [0, 0],
      targets: [0, 0],
    }));
    const [own, taken] = [samplesIn([{ window, from: 4, to: 6 }], 3), samplesIn([maturedSpan(excerpt)], 3)];
    expect(laidOut(taken, 3)).to.deep.equal(laidOut(own, 3));
    expect(moved.written).to.equal(30);
  });
});

describe('blended samples', () => {
  const numbered = (count: number, from: number) => ({ count, gather: (i: number) => from + i });
  const all = (samples: ReturnType<typeof blended>): number[] =>
    Array.from({ length: samples.count }, (_, i) => samples.gather(i, new Float32Array(0), 0));

  it('give the second its share exactly, its groups spread evenly', () => {
    const more = all(blended(numbered(6, 0), numbered(2, 100), 0.5, 1)).slice(6);
    expect(more).to.deep.equal([100, 100, 100, 101, 101, 101]);
    const fewer = all(blended(numbered(6, 0), numbered(8, 100), 1 / 3, 1)).slice(6);
    expect(fewer).to.deep.equal([100, 102, 105]);
  });

  it('keep the rows of a day together', () => {
    const days = all(blended(numbered(4, 0), numbered(6, 100), 0.5, 2)).slice(4);
    expect(days).to.deep.equal([100, 101, 102, 103]);
  });

  it('are the first alone where the second is empty', () => {
    expect(all(blended(numbered(2, 0), numbered(0, 0), 0.5, 1))).to.deep.equal([0, 1]);
  });
});
