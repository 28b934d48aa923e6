import { expect } from 'chai';
import { stream } from '../../../core/random.js';
import { type Csr } from '../../../market/contagion/csr.js';
import { generateExposures } from '../../../market/contagion/generators.js';
import { maxEntropy } from '../../../market/contagion/max-entropy.js';
import { minDensity } from '../../../market/contagion/min-density.js';
import { requireExposures } from '../../../market/contagion/exposures.js';
import { columnSums, rowSums } from '../../../market/contagion/product.js';
import { structures } from '../../../market/contagion/structures.js';
import { expectClose } from '../../close.js';
import { measured } from '../../measured.js';
import { refusal } from '../../refusal.js';

const marginals = (n: number) => {
  const assets = Array.from({ length: n }, (_, i) => 1 + ((i * 37) % 23));
  return { assets, liabilities: assets.slice().reverse() };
};

function expectMarginals(exposures: Csr, { assets, liabilities }: ReturnType<typeof marginals>): void {
  requireExposures(exposures);
  expectClose([...rowSums(exposures)], assets, 1e-9);
  expectClose([...columnSums(exposures)], liabilities, 1e-9);
}

describe('reconstruction', () => {
  it('spreads evenly: three equal banks', () => {
    const { value } = maxEntropy({ assets: [2, 2, 2], liabilities: [2, 2, 2] });
    expectClose(
      value,
      [
        [0, 1, 1],
        [1, 0, 1],
        [1, 1, 0],
      ],
      1e-12,
    );
  });

  it('knows the one solution where a bank is on one side of everything', () => {
    const { value } = maxEntropy({ assets: [3, 1, 0], liabilities: [1, 1, 2] });
    expectClose(
      value,
      [
        [0, 1, 2],
        [1, 0, 0],
        [0, 0, 0],
      ],
      0,
    );
  });

  it('is sparse and the same for one seed', () => {
    const given = marginals(40);
    const { value: network, iterations, residual } = minDensity(given, 7);
    expectMarginals(network, given);
    expect(network.value.length).to.be.at.most(79);
    expect(iterations).to.equal(200);
    expect(residual).to.be.at.most(1e-9);
    expect(
      measured<{ residual: number }>('reconstruct', { ...given, method: 'min-density', seed: 7 }).residual,
    ).to.equal(residual);
    expect(minDensity(given, 7).value).to.deep.equal(network);
  });

  it('leaves nobody alone with itself', () => {
    for (let seed = 1; seed <= 30; seed++)
      expectMarginals(minDensity({ assets: [3, 1, 1], liabilities: [1, 2, 2] }, seed).value, {
        assets: [3, 1, 1],
        liabilities: [1, 2, 2],
      });
  });

  for (const [name, structure] of Object.entries(structures))
    it(`generates ${name} networks that meet the marginals`, () => {
      const given = marginals(60);
      const at = () => stream({ seed: 3, purpose: 'exposures' });
      const network = generateExposures(given, structure, {}, at());
      expectMarginals(network, given);
      expect(network).to.deep.equal(generateExposures(given, structure, {}, at()));
      expect(network.value.length).to.be.lessThan(60 * 59);
    });

  it('puts the links of core-periphery networks in the core', () => {
    const given = marginals(60);
    const options = { coreShare: 0.1, coreDensity: 1, crossDensity: 0.2, peripheryDensity: 0 };
    const structure = structures['core-periphery'];
    const network = generateExposures(given, structure, options, stream({ seed: 1, purpose: 'x' }));
    const links = Array.from({ length: 60 }, (_, i) => network.start[i + 1]! - network.start[i]!);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const ranked = links.slice().sort((a, b) => b - a);
    expect(mean(ranked.slice(0, 6))).to.be.greaterThan(3 * mean(ranked.slice(6)));
  });

  it('refuses marginals that do not balance, or would need a loan to oneself', () => {
    const refused = (input: object) =>
      refusal(() => measured('reconstruct', { method: 'max-entropy', ...input }));
    expect(refused({ assets: [1, 2], liabilities: [1, 1] })).to.match(/liabilities.*balance/s);
    expect(refused({ assets: [5, 1], liabilities: [5, 1] })).to.match(/assets.*row 0/s);
    expect(refused({ assets: [1, -1], liabilities: [0, 0] })).to.match(/assets.*1.*negative/s);
    expect(() => minDensity({ assets: [1, 2], liabilities: [1, 1] }, 1)).to.throw(RangeError, 'balance');
  });
});
