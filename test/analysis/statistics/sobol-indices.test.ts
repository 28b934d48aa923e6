import { expect } from 'chai';
import { sobolIndices } from '../../../analysis/statistics/sobol-indices.js';
import { sin } from '../../../core/numeric.js';
import { stream } from '../../../core/random.js';

const address = { seed: 1, purpose: 'test' };

/** Ishigami & Homma's function with a = 7, b = 0.1: its indices are known in closed form. */
const ishigami = ([x, y, z]: readonly number[]): number =>
  sin(x!) + 7 * sin(y!) ** 2 + 0.1 * (z! ** 2) ** 2 * sin(x!);

const draw = stream({ seed: 5, purpose: 'inputs' });
const sample = (n: number): number[][] =>
  Array.from({ length: n }, () => [0, 1, 2].map(() => Math.PI * (2 * draw.uniform() - 1)));

describe('sobolIndices', () => {
  const [a, b] = [sample(4000), sample(4000)];
  const mixed = [0, 1, 2].map((i) =>
    a.map((row, r) => ishigami(row.map((v, j) => (j === i ? b[r]![j]! : v)))),
  );
  const found = sobolIndices({ a: a.map(ishigami), b: b.map(ishigami), mixed }, address, 200);
  it('gives the first-order indices of Ishigami', () => {
    [0.3139, 0.4424, 0].forEach((s, i) => expect(found[i]!.first.value).closeTo(s, 0.05));
  });
  it('gives the total indices of Ishigami', () => {
    [0.5576, 0.4424, 0.2437].forEach((s, i) => expect(found[i]!.total.value).closeTo(s, 0.04));
  });
  it('has intervals that hold the true values', () => {
    found.forEach(({ total }, i) => {
      const truth = [0.5576, 0.4424, 0.2437][i]!;
      expect(total.interval![0]).below(truth + 0.01);
      expect(total.interval![1]).above(truth - 0.01);
      expect(total.n).equal(4000);
    });
  });
  it('is exact for a sum of one input, and undefined where nothing varies', () => {
    const x = [1, 2, 3, 4];
    const y = [4, 3, 2, 1];
    const [one, none] = sobolIndices({ a: x, b: y, mixed: [y, x] }, address, 50);
    expect(none!.total.value).equal(0);
    expect(one!.total.value).above(0);
    const flat = sobolIndices({ a: [1, 1], b: [1, 1], mixed: [[1, 1]] }, address, 20)[0]!;
    expect(flat.first.value).to.be.NaN;
    expect(flat.first.interval).equal(null);
  });
});
