import { expect } from 'chai';
import { columnDistance } from '../../../../agents/allocation/clustering/correlation.js';
import { cutTree, leafOrder, leavesOf } from '../../../../agents/allocation/clustering/dendrogram.js';
import { kMeans } from '../../../../agents/allocation/clustering/k-means.js';
import { linkage, linkageNames } from '../../../../agents/allocation/clustering/linkage.js';
import { expectClose } from '../../../close.js';

/** Points on a line at 0, 1, 5 and 7. */
const points = [0, 1, 5, 7];
const distances = Float64Array.from(points.flatMap((a) => points.map((b) => Math.abs(a - b))));

describe('clustering', () => {
  const lastHeights = { single: 4, complete: 7, average: 5.5, ward: Math.sqrt(2 * 5.5 ** 2) };
  for (const name of linkageNames)
    it(`${name} linkage of four points on a line`, () => {
      const merges = linkage(distances, 4, name);
      expect(merges.map(({ left, right }) => [left, right])).to.deep.equal([
        [0, 1],
        [2, 3],
        [4, 5],
      ]);
      expectClose(
        merges.map(({ height }) => height),
        [1, 2, lastHeights[name]],
        1e-12,
      );
      expect(merges.map(({ size }) => size)).to.deep.equal([2, 2, 4]);
      expect(leafOrder(merges)).to.deep.equal([0, 1, 2, 3]);
      expect(leavesOf(merges, 5)).to.deep.equal([2, 3]);
      expect(cutTree(merges, 1)).to.deep.equal([6]);
      expect(cutTree(merges, 2)).to.deep.equal([4, 5]);
      expect(cutTree(merges, 9)).to.deep.equal([0, 1, 2, 3]);
    });

  it('distance between columns, of an odd number of them', () => {
    const three = Float64Array.of(0, 3, 4, 3, 0, 5, 4, 5, 0);
    const between = columnDistance(three, 3);
    expectClose(between[1], Math.sqrt(9 + 9 + 1), 1e-15);
    expectClose(between[2], Math.sqrt(16 + 4 + 16), 1e-15);
    expectClose(between[7], Math.sqrt(1 + 25 + 25), 1e-15);
    expect([between[0], between[4], between[8]]).to.deep.equal([0, 0, 0]);
  });

  it('k-means finds two groups, and as many as there are points', () => {
    const labels = kMeans(Float64Array.from(points), 4, 2);
    expect(labels[0]).to.equal(labels[1]);
    expect(labels[2]).to.equal(labels[3]);
    expect(labels[0]).to.not.equal(labels[2]);
    expect(new Set(kMeans(Float64Array.from(points), 4, 4)).size).to.equal(4);
  });
});
