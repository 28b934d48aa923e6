import { expect } from 'chai';
import { greatestClearing, leastClearing } from '../../../market/contagion/clearing-vector.js';
import { csrFromDense } from '../../../market/contagion/csr.js';
import { expectClose } from '../../close.js';
import { measured } from '../../measured.js';
import { refusal } from '../../refusal.js';

interface Output {
  payments: number[];
  defaulted: number[];
  equity: number[];
  waves: number[][];
}

/** Each owes the other 1; alone neither has quite enough. */
const pair = {
  liabilities: [
    [0, 1],
    [1, 0],
  ],
  externalAssets: [0.4, 0.4],
};

describe('clearing vector', () => {
  it('ranks external with interbank debt', () => {
    // 0 has 6 for debts of 8 + 4: half of each is paid, and 1 receives 4 of 8.
    const found = measured<Output>('clearing', {
      liabilities: [
        [0, 8],
        [0, 0],
      ],
      externalAssets: [6, 1],
      externalLiabilities: [4, 0],
    });
    expectClose(found.payments, [6, 0], 1e-12);
    expectClose(found.equity, [0, 5], 1e-12);
    expect(found.defaulted).to.deep.equal([1, 0]);
    expect(found.waves).to.deep.equal([[0]]);
  });

  it('finds both fixed points under default costs', () => {
    // Paying in full sustains itself: 0.4 + 1 >= 1. So does p = 0.5 (0.4 + p): 0.4 + 0.4 < 1, hence p = 0.4.
    const costs = { ...pair, alpha: 0.5, beta: 0.5 };
    expectClose(measured<Output>('clearing', costs).payments, [1, 1], 1e-12);
    const least = measured<Output>('clearing', { ...costs, solution: 'least' });
    expectClose(least.payments, [0.4, 0.4], 1e-12);
    expect(least.defaulted).to.deep.equal([1, 1]);
    expect(least.waves).to.deep.equal([]);
  });

  it('leaves out who owes nothing', () => {
    const found = measured<Output>('clearing', {
      liabilities: [
        [0, 0],
        [2, 0],
      ],
      externalAssets: [0, 1],
    });
    expectClose(found.payments, [0, 1], 1e-12);
    expect(found.defaulted).to.deep.equal([0, 1]);
    expectClose(found.equity, [1, 0], 1e-12);
  });

  it('reports iterations and residual', () => {
    const system = {
      owed: csrFromDense(pair.liabilities),
      externalAssets: Float64Array.from([0.1, 0]),
      externalLiabilities: Float64Array.from([0.5, 0]),
    };
    for (const solve of [greatestClearing, leastClearing]) {
      const { iterations, residual, value } = solve(system);
      expect(iterations).to.be.greaterThan(1);
      expect(residual).to.be.lessThan(1e-13);
      // p₀ = 0.1 + p₁, p₁ = p₀ / 1.5: p₀ = 0.3, p₁ = 0.2.
      expectClose([...value.payments], [0.3, 0.2], 1e-12);
    }
  });

  it('names row and column of a bad liability', () => {
    const bad = {
      ...pair,
      liabilities: [
        [0, -1],
        [1, 3],
      ],
    };
    expect(refusal(() => measured('clearing', bad))).to.match(/liabilities.*0.*1.*negative/s);
    expect(
      refusal(() =>
        measured('clearing', {
          ...pair,
          liabilities: [
            [0, 1],
            [1, 3],
          ],
        }),
      ),
    ).to.match(/row 1, column 1/);
    expect(refusal(() => measured('clearing', { ...pair, externalAssets: [1] }))).to.match(/externalAssets/);
  });
});
