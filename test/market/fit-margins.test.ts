import { expect } from 'chai';
import { pow } from '../../core/numeric.js';
import { fitMargins } from '../../market/fit-margins.js';

const sums = (x: Float64Array, k: number): { rows: number[]; columns: number[] } => {
  const n = x.length / k;
  const rows = new Array<number>(n).fill(0);
  const columns = new Array<number>(k).fill(0);
  x.forEach((value, at) => {
    rows[Math.floor(at / k)]! += value;
    columns[at % k]! += value;
  });
  return { rows, columns };
};

describe('fit-margins', () => {
  it('from a seed of ones and nearly the whole fit gives the outer product over the total', () => {
    const { value } = fitMargins(
      new Float64Array(4).fill(1),
      Float64Array.of(3, 1),
      Float64Array.of(2, 2),
      0.9,
    );
    [1.5, 1.5, 0.5, 0.5].forEach((x, at) => expect(value[at]).to.be.closeTo(x, 1e-10));
  });

  it('keeps the odds ratio of the seed, and rows exactly', () => {
    const seed = Float64Array.of(4, 1, 1, 1);
    const { value } = fitMargins(seed, Float64Array.of(6, 4), Float64Array.of(7, 3), 0.99);
    expect((value[0]! * value[3]!) / (value[1]! * value[2]!)).to.be.closeTo(4, 1e-9);
    const { rows, columns } = sums(value, 2);
    rows.forEach((sum, i) => expect(sum).to.be.closeTo([6, 4][i]!, 1e-10));
    expect(columns[0]).to.be.closeTo(7, 0.05);
  });

  it('without a fit of columns only scales rows', () => {
    const { value } = fitMargins(
      Float64Array.of(1, 3, 1, 1),
      Float64Array.of(8, 2),
      Float64Array.of(9, 1),
      0,
    );
    [2, 6, 1, 1].forEach((x, at) => expect(value[at]).to.be.closeTo(x, 1e-12));
  });

  it('satisfies the equation of its fixed point half-way', () => {
    const seed = Float64Array.of(1, 2, 0, 1, 1, 3);
    const targets = Float64Array.of(4, 2, 4);
    const { value } = fitMargins(seed, Float64Array.of(5, 5), targets, 0.5);
    // x_ij = r_i s_ij c_j with c_j = (t_j / Σ_i r_i s_ij)^½, so that c_j² Σ_i r_i s_ij = t_j, or c_j Σ_i x_ij = t_j
    const { columns } = sums(value, 3);
    const c = columns.map((sum, j) => targets[j]! / sum);
    const row = (at: number): number => value[at]! / (seed[at]! * c[at % 3]!);
    expect(row(0)).to.be.closeTo(row(1), 1e-9);
    expect(row(3)).to.be.closeTo(row(4), 1e-9);
    expect(row(4)).to.be.closeTo(row(5), 1e-9);
    expect(value[2]).to.equal(0);
    expect(pow(c[0]!, 2) * (row(0) * seed[0]! + row(3) * seed[3]!)).to.be.closeTo(4, 1e-9);
  });

  it('a row that may hold nothing holds nothing, and others still fit', () => {
    const { value } = fitMargins(
      Float64Array.of(0, 0, 1, 1),
      Float64Array.of(5, 2),
      Float64Array.of(1, 1),
      0.5,
    );
    expect(Array.from(value.subarray(0, 2))).to.deep.equal([0, 0]);
    expect(value[2]! + value[3]!).to.be.closeTo(2, 1e-12);
  });
});
