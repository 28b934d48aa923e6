import { expect } from 'chai';
import { measureNamed } from '../../../cli/measures.js';
import { measured } from '../../measured.js';
import { refusal } from '../../refusal.js';

interface Solved {
  iterations?: number;
  /** What a cascade calls them. */
  rounds?: number;
  residual: number;
}

const solvers = ['cascade', 'clearing', 'cross-holdings', 'debtrank', 'fire-sale', 'reconstruct'] as const;

describe('what solvers say of their answers', () => {
  for (const name of solvers)
    it(`${name} prints its iterations and a residual within rounding`, () => {
      const { iterations, rounds, residual } = measured<Solved>(name, measureNamed(name).example);
      expect(iterations ?? rounds)
        .to.be.a('number')
        .that.is.at.least(1);
      expect(residual).to.be.at.least(0).and.at.most(1e-12);
    });

  it('vulnerability stops after one round and says what the next would take', () => {
    // One bank, one asset: assets 100, equity 10, a fall of 1%, an impact of 0.01% a unit sold.
    const bank = { totalAssets: [100], equity: [10], weights: [[1]], impact: [0.0001], shock: [-0.01] };
    const found = measured<Solved & { secondRoundReturns: number[] }>('vulnerability', bank);
    // Selling 0.01 · 90 · 10 = 9 costs 0.09%; selling 0.0009 · 90 · 10 = 0.81 after that would cost 0.0081%.
    expect(found.secondRoundReturns[0]).to.be.closeTo(-0.0009, 1e-15);
    expect(found.iterations).to.equal(1);
    expect(found.residual).to.be.closeTo(0.000081, 1e-15);
  });

  it('a network that is nearly critical says how far it got', () => {
    const said = refusal(() =>
      measured('debtrank', {
        exposures: [
          [0, 1],
          [1, 0],
        ],
        equity: [1.0000001, 1.0000001],
        shock: [1e-9, 0],
      }),
    );
    expect(said).to.match(/^debtrank did not converge: residual \S+ after 1000000 iterations/);
  });

  it('names the row that is missing or too many', () => {
    const exposures = [
      [0, 1],
      [1, 0],
    ];
    expect(refusal(() => measured('debtrank', { exposures, equity: [1], shock: [0, 0] }))).to.include(
      'has 1 values, but exposures needs 2: the one at 1 is missing',
    );
    expect(refusal(() => measured('debtrank', { exposures, equity: [1, 1, 1], shock: [0, 0] }))).to.include(
      'has 3 values, but exposures needs 2: the one at 2 is too many',
    );
  });

  it('a fire sale whose waves hardly shrink says how far it got', () => {
    // At the cap, a unit sold costs 100/900, and that loss asks for nine times itself in sales: each wave is as large
    // as the one before, but for the little that was sold.
    const critical = {
      holdings: [[100]],
      equity: [10],
      leverageCap: 10,
      leverageTarget: 10,
      impact: { law: 'linear', depth: [900] },
      shock: [-1e-11],
    };
    expect(refusal(() => measured('fire-sale', critical))).to.match(
      /^fire sale did not converge: residual \S+ after 100000 iterations/,
    );
    const milder = { ...critical, impact: { law: 'linear', depth: [990] } };
    expect(measured<Solved>('fire-sale', milder).residual).to.equal(0);
  });
});
