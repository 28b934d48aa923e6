import { expect } from 'chai';
import fc from 'fast-check';
import { exposures } from '../../../market/exposures/index.js';
import { margins } from '../../../market/exposures/margins.js';
import type { Network } from '../../../market/exposures/network.js';

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const amounts = (n: number) =>
  fc
    .array(fc.integer({ min: 0, max: 1000 }), { minLength: n, maxLength: n })
    .map((xs) => xs.map((x) => x * 1e6));
const drawn = fc.record({ lent: amounts(6), capacity: amounts(6), seed: fc.nat(1000) });

const lendingOf = ({ lent, capacity, seed }: { lent: number[]; capacity: number[]; seed: number }) => ({
  seed,
  ids: lent.map((_, i) => `bank-${i}`),
  lent: Float64Array.from(lent),
  capacity: Float64Array.from(capacity),
});

const byInstitution = ({ creditor, debtor, face }: Network, n: number) => {
  const [lent, borrowed] = [new Float64Array(n), new Float64Array(n)];
  face.forEach((x, e) => {
    lent[creditor[e]!]! += x;
    borrowed[debtor[e]!]! += x;
  });
  return { lent, borrowed };
};

describe('structures of exposures', () => {
  for (const name of ['scale-free', 'erdos-renyi', 'max-entropy', 'min-density'] as const)
    it(`${name}: nobody lends to itself, more than it wants, or borrows more than it can; rows and columns are met`, () => {
      fc.assert(
        fc.property(drawn, (given) => {
          const lending = lendingOf(given);
          const structure = exposures[name];
          const network = structure.build(structure.options.parse({}), lending);
          const wanted = margins(lending);
          const { lent, borrowed } = byInstitution(network, 6);
          network.creditor.forEach((c, e) => expect(network.debtor[e]).not.to.equal(c));
          const slack = 40; // claims below a dollar are left out
          for (let i = 0; i < 6; i++) {
            expect(lent[i]).to.be.closeTo(wanted.assets[i]!, slack);
            expect(borrowed[i]).to.be.closeTo(wanted.liabilities[i]!, slack);
            expect(wanted.assets[i]).to.be.at.most(given.lent[i]! * (1 + 1e-9));
          }
        }),
        { numRuns: 40 },
      );
    });

  it('totals are as large as lending and capacity allow, and leave nobody alone with itself', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const { assets, liabilities } = margins(lendingOf(given));
        const total = sum(assets);
        expect(sum(liabilities)).to.be.closeTo(total, 1e-9 * Math.max(1, total));
        expect(total).to.be.at.most(Math.min(sum(given.lent), sum(given.capacity)) * (1 + 1e-9));
        for (let i = 0; i < 6; i++) expect(assets[i]! + liabilities[i]!).to.be.at.most(total * (1 + 1e-9));
      }),
    );
  });
});
