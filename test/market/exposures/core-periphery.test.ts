import { expect } from 'chai';
import { corePeriphery } from '../../../market/exposures/core-periphery.js';
import type { Network } from '../../../market/exposures/network.js';

const build = (lent: number[], capacity: number[], options = { coreShare: 0.2, links: 1 }): Network =>
  corePeriphery.build(options, {
    seed: 5,
    ids: lent.map((_, i) => `bank-${i}`),
    lent: Float64Array.from(lent),
    capacity: Float64Array.from(capacity),
  });

const total = (network: Network, by: 'creditor' | 'debtor', n: number): number[] => {
  const sums = new Array<number>(n).fill(0);
  network.face.forEach((face, e) => (sums[network[by][e]!]! += face));
  return sums;
};

describe('exposures: core-periphery', () => {
  it('two banks owe each other what each wants to lend', () => {
    const { creditor, debtor, face } = build([100, 60], [80, 80], { coreShare: 1, links: 1 });
    expect(creditor).to.deep.equal([0, 1]);
    expect(debtor).to.deep.equal([1, 0]);
    expect(face[0]).to.be.closeTo(100, 1e-6);
    expect(face[1]).to.be.closeTo(60, 1e-6);
  });

  it('nobody lends more than all can borrow', () => {
    const { face } = build([100, 100], [40, 20], { coreShare: 1, links: 1 });
    expect(face[0]! + face[1]!).to.be.closeTo(60, 1e-6);
  });

  it('the periphery deals with members of the core only, each with `links` of them', () => {
    const n = 20;
    const size = (i: number): number => 1000 * (n - i);
    const sizes = Array.from({ length: n }, (_, i) => size(i));
    const network = build(sizes, sizes, { coreShare: 0.25, links: 2 });
    const core = (i: number): boolean => i < 5;
    const partners = Array.from({ length: n }, () => new Set<number>());
    network.creditor.forEach((i, e) => {
      const j = network.debtor[e]!;
      expect(core(i) || core(j), `${i} lends to ${j}`).to.equal(true);
      expect(i).to.not.equal(j);
      partners[i]!.add(j);
    });
    for (let i = 5; i < n; i++) expect(partners[i]!.size).to.equal(2);
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++) if (i !== j) expect(partners[i]!.has(j)).to.equal(true);
    total(network, 'creditor', n).forEach((sum, i) => expect(sum).to.be.closeTo(size(i), 1e-3 * size(i)));
  });

  it('a bank that cannot borrow owes nothing', () => {
    const network = build([100, 50, 50], [100, 100, 0], { coreShare: 1, links: 1 });
    expect(total(network, 'debtor', 3)[2]).to.equal(0);
  });
});
