import { expect } from 'chai';
import { BudgetSpent, openAccountant } from '../../agents/example-privacy.js';
import type { Learner } from '../../agents/learner.js';
import { measures } from '../../coordinator/aggregation/index.js';
import { addSpending, guarantee, spending } from '../../core/privacy/accountant.js';
import { renyiDivergence } from '../../core/privacy/renyi.js';
import { create } from '../agents/models/create.js';
import { plainLesson, pupilWith, windowOf } from '../agents/window-of.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: {
    opacus: { noise_multiplier: number; sample_rate: number; steps: number; delta: number };
    dp_accounting: { orders: number[]; sigma: number; q: number; count: number };
    pure_dp: { rdp: number; delta: number };
  };
  expected: {
    computed: number;
    optimal_order: number;
    dp_accounting_rdp_computed: number[];
    pure_dp_eps: number;
    pure_dp_order: number;
    docstring: { computed: [number, number] };
  };
}

const wholeOrders = Array.from({ length: 31 }, (_, k) => k + 2);

describe('truth e05: the Rényi accountant', () => {
  const truth = (test: Mocha.Context) => sharedJson<Truth>(test, 'truth/e05_rdp_opacus.json');

  it('the published guarantee, through the measure', function () {
    const { inputs, expected } = truth(this);
    const { noise_multiplier, sample_rate, steps, delta } = inputs.opacus;
    const answer = measures.privacy.compute(
      measures.privacy.input.parse({
        noiseMultiplier: noise_multiplier,
        sampleRate: sample_rate,
        rounds: steps,
        delta,
      }),
    ) as { epsilon: number; order: number };
    expect(answer.epsilon).to.be.closeTo(expected.computed, 1e-9);
    expect(answer.order).to.equal(expected.optimal_order);
  });

  it('the published guarantee, of an institution that trains by noised gradients', function () {
    const { inputs, expected } = truth(this);
    const { noise_multiplier, sample_rate, steps, delta } = inputs.opacus;
    const terms = { clip: 1, noiseMultiplier: noise_multiplier, epsilon: expected.computed + 1e-9, delta };
    const accountant = openAccountant(terms);
    // As many examples as make a minibatch of 32 the published rate.
    const window = windowOf(32 / sample_rate, {}, () => ({ inputs: [1], targets: [1] }));
    const lesson = plainLesson(window, { batchSize: 32 });
    const pupil = pupilWith(create('linear', { features: 1 }));
    const learner = { spent: new Float64Array(0) } as Learner;
    const half = Math.floor(steps / 2);
    for (const made of [half, steps - half]) accountant.charge(learner, pupil, lesson, made);
    expect(accountant.spentBy(learner)).to.be.closeTo(expected.computed, 1e-9);
    // One step more is beyond the budget, and costs nothing.
    expect(() => accountant.charge(learner, pupil, lesson, 1)).to.throw(BudgetSpent);
    expect(accountant.spentBy(learner)).to.be.closeTo(expected.computed, 1e-9);
  });

  it('divergences at whole and fractional orders', function () {
    const { inputs, expected } = truth(this);
    const { orders, sigma, q, count } = inputs.dp_accounting;
    orders.forEach((order, i) => {
      const rdp = count * renyiDivergence(order, q, sigma);
      expect(rdp / expected.dp_accounting_rdp_computed[i]!).to.be.closeTo(1, 1e-7);
    });
  });

  it('a constant divergence', function () {
    const { inputs, expected } = truth(this);
    const spent = wholeOrders.map(() => inputs.pure_dp.rdp);
    const { epsilon, order } = guarantee(wholeOrders, spent, inputs.pure_dp.delta);
    expect(epsilon).to.be.closeTo(expected.pure_dp_eps, 1e-10);
    expect(order).to.equal(expected.pure_dp_order);
  });

  it('rounds of three kinds add up', function () {
    const { expected } = truth(this);
    const kinds = [
      { sampleRate: 1e-5, noiseMultiplier: 1, rounds: 10 },
      { sampleRate: 1e-4, noiseMultiplier: 3, rounds: 4 },
    ];
    const spent = kinds.map((kind) => spending(wholeOrders, kind)).reduce(addSpending);
    const { epsilon, order } = guarantee(wholeOrders, spent, 1e-5);
    expect([epsilon, order]).to.deep.equal([epsilon, expected.docstring.computed[1]]);
    expect(epsilon).to.be.closeTo(expected.docstring.computed[0], 1e-6);
  });
});
