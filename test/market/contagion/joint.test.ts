import { expect } from 'chai';
import { greatestClearing } from '../../../market/contagion/clearing-vector.js';
import { csrFromDense, transpose } from '../../../market/contagion/csr.js';
import { debtRank } from '../../../market/contagion/debtrank.js';
import { channels } from '../../../market/contagion/index.js';
import { jointContagion } from '../../../market/contagion/joint.js';
import { stressSystem, totalDebt } from '../../../market/contagion/stress-system.js';
import { expectClose } from '../../close.js';
import { NotConverged } from '../../../core/not-converged.js';
import { noStress, type Channel } from '../../../market/contagion/channel.js';

const floats = (...values: number[]) => Float64Array.from(values);

/** 0 lends 4 to 1, 1 lends 3 to 2; 2 loses more than it has. */
const chain = stressSystem({
  equity: floats(3, 2, 1),
  exposures: csrFromDense([
    [0, 4, 0],
    [0, 0, 3],
    [0, 0, 0],
  ]),
  otherAssets: floats(10, 10, 10),
  directLosses: floats(0, 0, 5),
});

describe('joint contagion', () => {
  it('alone, DebtRank gives the distress of the solver', () => {
    const { value } = jointContagion(chain, { debtrank: channels.debtrank });
    const h = debtRank(chain.exposures, chain.equity, [0, 0, 1]).value;
    const share = value.losses.map((loss, i) => Math.min(1, loss / chain.equity[i]!));
    expectClose([...share], [...h], 1e-12);
    expectClose([...value.losses], [4, 3, 5], 1e-12);
  });

  it('alone, clearing gives the shortfalls of the clearing vector', () => {
    const { value } = jointContagion(chain, { clearing: channels.clearing });
    const owed = transpose(chain.exposures);
    const debt = totalDebt(chain);
    const lent = [4, 3, 0];
    const borrowed = [0, 4, 3];
    const { payments } = greatestClearing({
      owed,
      externalAssets: Float64Array.from(
        lent,
        (l, i) => debt[i]! + chain.equity[i]! - chain.directLosses[i]! - l,
      ),
      externalLiabilities: debt.map((d, i) => d - borrowed[i]!),
    }).value;
    const unpaid = payments.map((p, i) => 1 - p / debt[i]!);
    expectClose([...value.losses], [4 * unpaid[1]!, 3 * unpaid[2]!, 5], 1e-10);
    expect(unpaid[2]).to.be.closeTo(4 / 9, 1e-12);
  });

  it('alone, the cascade counts the loss given default', () => {
    const system = { ...chain, lossGivenDefault: 0.5 };
    const { value } = jointContagion(system, { cascade: channels.cascade });
    expectClose([...value.losses], [0, 1.5, 5], 1e-12);
  });

  it('together, default contagion and fire sales feed on each other', () => {
    const system = stressSystem({
      ...chain,
      holdings: csrFromDense([[10], [10], [10]]),
      otherAssets: floats(0, 0, 0),
      shock: floats(0),
      impact: [(q) => Math.max(0, 1 - q / 60)],
      leverageCap: 8,
    });
    const alone = jointContagion(system, { clearing: channels.clearing }).value;
    const { value, iterations, residual } = jointContagion(system, {
      clearing: channels.clearing,
      'fire-sale': channels['fire-sale'],
    });
    expect(iterations).to.be.greaterThan(1);
    expect(residual).to.be.lessThan(1e-12);
    alone.losses.forEach((loss, i) => expect(value.losses[i]).to.be.greaterThan(loss));
    const parts = Object.values(value.byChannel).map((stress) => [...stress.losses]);
    value.losses.forEach((loss, i) =>
      expectClose(value.directLosses[i]! + parts[0]![i]! + parts[1]![i]!, loss, 1e-12),
    );
  });

  it('hoarding of liquidity makes borrowers sell', () => {
    // 1 loses its funding from 0, which is short of cash: it must sell 4 of its 10.
    const system = stressSystem({
      equity: floats(3, 2),
      exposures: csrFromDense([
        [0, 4],
        [0, 0],
      ]),
      holdings: csrFromDense([[10], [10]]),
      directWithdrawals: floats(1, 0),
      shock: floats(0),
      impact: [(q) => 1 - q / 1000],
    });
    const { value } = jointContagion(system, {
      'liquidity-hoarding': channels['liquidity-hoarding'],
      'fire-sale': channels['fire-sale'],
    });
    expectClose([...value.withdrawn], [1, 4], 0);
    const price = 1 - value.losses[0]! / 10;
    expectClose(1 - 5 / price / 1000, price, 1e-9);
  });

  /** Distress can spread by every channel: a shock to prices, to one institution, and to its funding. */
  const whole = stressSystem({
    equity: floats(3, 2, 1),
    exposures: csrFromDense([
      [0, 4, 1],
      [1, 0, 3],
      [2, 1, 0],
    ]),
    holdings: csrFromDense([[10], [10], [10]]),
    cash: floats(1, 1, 1),
    crossHoldings: csrFromDense([
      [0, 0.2, 0.1],
      [0.1, 0, 0.2],
      [0.2, 0.1, 0],
    ]),
    directLosses: floats(0, 0, 1.5),
    directWithdrawals: floats(0, 0, 2),
    shock: floats(-0.05),
    impact: [(q) => Math.max(0, 1 - q / 100)],
    leverageCap: 6,
    failure: { threshold: 0.5, cost: 0.1 },
  });
  const names = Object.keys(channels) as (keyof typeof channels)[];
  /** Every set of channels of which no two act through one medium. */
  const sets = Array.from({ length: (1 << names.length) - 1 }, (_, s) =>
    names.filter((_name, c) => ((s + 1) >> c) % 2 === 1),
  ).filter((set) => new Set(set.map((name) => channels[name].through)).size === set.length);

  it('ends at a fixed point of every channel at once, whatever the combination', () => {
    expect(sets).to.have.length(5 * 2 * 3 * 2 - 1);
    for (const set of sets) {
      const chosen: Record<string, Channel> = Object.fromEntries(set.map((name) => [name, channels[name]]));
      for (const solution of ['least', 'greatest'] as const) {
        const { value, iterations, residual } = jointContagion(whole, chosen, solution);
        expect(iterations, set.join()).to.be.greaterThan(0);
        expect(residual, set.join()).to.be.at.most(1e-12);
        for (const [name, channel] of Object.entries(chosen)) {
          const caused = noStress(3);
          channel.open(whole)(value, value.byChannel[name]!, caused);
          expectClose([...caused.losses], [...value.byChannel[name]!.losses], 1e-9);
          expectClose([...caused.withdrawn], [...value.byChannel[name]!.withdrawn], 1e-9);
        }
      }
    }
  });

  it('says of every combination how far it got where it may not go on', () => {
    for (const set of sets)
      expect(
        () =>
          jointContagion(whole, Object.fromEntries(set.map((name) => [name, channels[name]])), 'least', 1),
        set.join(),
      )
        .to.throw(NotConverged, `contagion by ${set.join(' and ')}`)
        .that.includes({ iterations: 1 })
        .and.has.property('residual')
        .that.is.greaterThan(0.01);
  });

  it('refuses a system that does not fit together', () => {
    expect(() => stressSystem({ equity: floats(1, 0) })).to.throw(/row 1/);
    expect(() => stressSystem({ equity: floats(1, 1), cash: floats(1) })).to.throw(/cash/);
    const selfish = csrFromDense([
      [0, 1],
      [0, 2],
    ]);
    expect(() => stressSystem({ equity: floats(1, 1), exposures: selfish })).to.throw(/row 1, column 1/);
  });
});
