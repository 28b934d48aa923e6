import { expect } from 'chai';
import { csrFromDense } from '../../../market/contagion/csr.js';
import { contagionReproduction, gaiKapadiaCascade } from '../../../market/contagion/gai-kapadia.js';
import { liquidityHoarding } from '../../../market/contagion/liquidity-hoarding.js';
import { expectClose } from '../../close.js';
import { measured } from '../../measured.js';
import { refusal } from '../../refusal.js';

const exposures = [
  [0, 4, 0],
  [0, 0, 3],
  [0, 0, 0],
];

describe('cascades', () => {
  it('Furfine: losses are not capped at equity, rounds count who followed', () => {
    const input = { exposures, equity: [3, 2, 1], defaulted: [2] };
    expect(measured('cascade', input)).to.deep.equal({
      defaulted: [1, 1, 1],
      rounds: 2,
      losses: [4, 3, 0],
      residual: 0,
    });
    expect(measured('cascade', { ...input, lossGivenDefault: 0.5 })).to.deep.equal({
      defaulted: [0, 0, 1],
      rounds: 0,
      losses: [0, 1.5, 0],
      residual: 0,
    });
  });

  it('Furfine: negative equity is default from the start', () => {
    const found = measured('cascade', { exposures, equity: [5, 4, -1], defaulted: [] });
    expect(found).to.deep.equal({ defaulted: [0, 0, 1], rounds: 0, losses: [0, 3, 0], residual: 0 });
    const twice = { exposures, equity: [5, 4, 1], defaulted: [2, 2] };
    expect(refusal(() => measured('cascade', twice))).to.match(/defaulted.*again/s);
  });

  it('Gai-Kapadia: interbank assets are spread evenly', () => {
    // 0 lent 3 and 1: evenly 2 and 2, so the failure of the small borrower alone brings it down.
    const uneven = csrFromDense([
      [0, 3, 1],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    const { value } = gaiKapadiaCascade(uneven, [2, 1, 1], [2]);
    expect([...value.defaulted]).to.deep.equal([1, 0, 1]);
    expectClose([...value.losses], [2, 0, 0], 1e-12);
  });

  it('Gai-Kapadia: the window opens near mean degree 1 and closes where diversification wins', () => {
    // With capital of 4% and interbank assets of 20%, up to five borrowers leave a lender vulnerable.
    const inside = [1.5, 3, 5].map((z) => contagionReproduction(z, 5));
    const outside = [0.9, 9].map((z) => contagionReproduction(z, 5));
    inside.forEach((r) => expect(r).to.be.greaterThan(1));
    outside.forEach((r) => expect(r).to.be.lessThan(1));
    expect(contagionReproduction(2, 1)).to.be.closeTo(2 * Math.exp(-2), 1e-15);
  });

  it('hoarding runs from lenders to borrowers', () => {
    const { value, iterations } = liquidityHoarding(csrFromDense(exposures), [1, 1, 5], [2, 0, 0], 0.5);
    expect([...value.withdrawn]).to.deep.equal([2, 2, 1.5]);
    expect([...value.hoards]).to.deep.equal([1, 1, 0]);
    expect(iterations).to.equal(3);
  });
});
