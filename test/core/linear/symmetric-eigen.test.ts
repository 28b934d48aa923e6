import { expect } from 'chai';
import { multiply, symmetricEigen, transpose } from '../../../core/linear.js';
import { NotConverged } from '../../../core/not-converged.js';
import { identity, largestDifference, normalMatrix, symmetricMatrix } from './matrices.js';

/** Largest error of v diag(values) v' against a, and of v' v against the identity. */
function errors(a: Float64Array, n: number): readonly [reconstruction: number, orthogonality: number] {
  const { values, vectors } = symmetricEigen(a, n);
  const scaled = vectors.map((x, p) => x * values[p % n]!);
  const flipped = transpose(vectors, n, n);
  return [
    largestDifference(multiply(scaled, flipped, n, n, n), a),
    largestDifference(multiply(flipped, vectors, n, n, n), identity(n)),
  ];
}

describe('symmetricEigen', () => {
  it('by hand: 2 x 2, in descending order and with the largest component positive', () => {
    const { values, vectors } = symmetricEigen([2, -1, -1, 2], 2);
    expect(largestDifference(values, [3, 1])).to.be.below(1e-15);
    const r = Math.SQRT1_2;
    expect(largestDifference(vectors.map(Math.abs), [r, r, r, r])).to.be.below(1e-15);
    expect(vectors[0]! * vectors[2]!).to.be.below(0);
    expect(vectors[1]! * vectors[3]!).to.be.above(0);
  });

  it('of the second difference matrix: 2 - 2 cos(k pi / (n + 1))', () => {
    const n = 30;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i += 1) {
      a[i * n + i] = 2;
      if (i > 0) a[i * n + i - 1] = -1;
    }
    const expected = Array.from({ length: n }, (_, k) => 2 - 2 * Math.cos(((n - k) * Math.PI) / (n + 1)));
    expect(largestDifference(symmetricEigen(a, n).values, expected)).to.be.below(1e-13);
  });

  it('rebuilds random, low-rank, diagonal and bipartite matrices', () => {
    const thin = normalMatrix(40, 3, 6);
    const bipartite = symmetricMatrix(12, 7).map((x, p) => (((p % 12) + Math.floor(p / 12)) % 2 ? x : 0));
    const cases = [
      [symmetricMatrix(1, 1), 1],
      [symmetricMatrix(3, 2), 3],
      [symmetricMatrix(80, 5), 80],
      [multiply(thin, transpose(thin, 40, 3), 40, 3, 40), 40],
      [identity(5), 5],
      [new Float64Array(16), 4],
      [bipartite, 12],
    ] as const;
    for (const [a, n] of cases) {
      const [reconstruction, orthogonality] = errors(a, n);
      expect(reconstruction).to.be.below(2e-13);
      expect(orthogonality).to.be.below(1e-13);
    }
  });

  it('gives descending values and signed vectors at size 80', () => {
    const n = 80;
    const { values, vectors } = symmetricEigen(symmetricMatrix(n, 8), n);
    expect([...values]).to.deep.equal([...values].sort((x, y) => y - x));
    for (let j = 0; j < n; j += 1) {
      const column = Array.from({ length: n }, (_, i) => vectors[i * n + j]!);
      expect(Math.max(...column)).to.equal(Math.max(...column.map(Math.abs)));
    }
  });

  it('scales exactly by powers of two, to the ends of the range', () => {
    const a = symmetricMatrix(6, 9);
    const { values, vectors } = symmetricEigen(a, 6);
    for (const factor of [2 ** 1000, 1 / 2 ** 900]) {
      const scaled = symmetricEigen(
        a.map((x) => x * factor),
        6,
      );
      expect([...scaled.values]).to.deep.equal([...values].map((x) => x * factor));
      expect(scaled.vectors).to.deep.equal(vectors);
    }
  });

  it('refuses what is not finite or not square', () => {
    expect(() => symmetricEigen([1, NaN, NaN, 1], 2)).to.throw(NotConverged);
    expect(() => symmetricEigen([Infinity], 1)).to.throw(NotConverged);
    expect(() => symmetricEigen([1, 2, 3], 2)).to.throw(RangeError);
    expect(symmetricEigen([], 0).values).to.have.length(0);
  });
});
