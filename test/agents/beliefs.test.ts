import { expect } from 'chai';
import { covarianceEstimators } from '../../agents/allocation/index.js';
import { riskModel as emptyRiskModel } from '../../agents/allocation/risk-model.js';
import { beliefs } from '../../agents/beliefs.js';
import { createHost } from '../../agents/host.js';
import { featureLayout } from '../../agents/features.js';
import { recentReturns } from '../../agents/memory.js';
import { createMind, learnReturns, look, type Mind } from '../../agents/mind.js';
import { memoryTransport } from '../../coordinator/transport/memory.js';
import type { Brief, Host, SeatBrief } from '../../core/protocol.js';
import { stream } from '../../core/random.js';
import { chainOf, factsOf, noticesOf, smallScenario } from '../small-run.js';

const layout = featureLayout([]);
const brief = {
  assets: [{ dailyVolatility: 0.01 }, { dailyVolatility: 0.02 }, { dailyVolatility: 0.01 }],
  sources: [],
  horizon: 1,
  architectures: [{ name: 'linear' }],
  learning: { window: 30, regimes: [] },
} as unknown as Brief;
const seat = (riskModel: object): SeatBrief =>
  ({
    sources: [],
    covarianceHalfLife: 60,
    strategy: { name: 'risk-parity' },
    integration: { view: 'model' },
    overlay: [],
    riskModel,
  }) as unknown as SeatBrief;
const none = emptyRiskModel(3, 60);

function living(mind: Mind, days: number): void {
  const draw = stream({ seed: 3, purpose: 'test-beliefs', day: mind.memory.steps });
  for (let d = 0; d < days; d++) {
    look(mind, new Float32Array(0));
    learnReturns(
      mind,
      Float64Array.from({ length: 3 }, () => 0.01 * draw.normal()),
    );
  }
}
const mindWith = (riskModel: object, days: number): Mind => {
  const mind = createMind(brief, seat(riskModel), layout);
  living(mind, days);
  return mind;
};

describe('the covariance that an institution decides with', () => {
  it('is that of the estimator it names, on as many days as it says', () => {
    const mind = mindWith({ estimator: 'ledoit-wolf', days: 200, every: 1 }, 300);
    const history = recentReturns(mind.memory, 200);
    expect(history.rows).to.equal(200);
    const expected = covarianceEstimators['ledoit-wolf'].estimate(history, {}).covariance;
    expect(Array.from(beliefs(mind, none, 0)!)).to.deep.equal(Array.from(expected));
  });

  it('stands for as many days as it says, then is made anew', () => {
    const mind = mindWith({ estimator: 'sample', days: 50, every: 3 }, 60);
    const first = Array.from(beliefs(mind, none, 0)!);
    living(mind, 2);
    expect(Array.from(beliefs(mind, none, 0)!)).to.deep.equal(first);
    living(mind, 1);
    expect(Array.from(beliefs(mind, none, 0)!)).not.to.deep.equal(first);
  });

  it('is none before there are twice as many days as assets', () => {
    expect(beliefs(mindWith({ estimator: 'sample', days: 50, every: 3 }, 6), none, 0)).to.equal(undefined);
  });
});

/** A host that is saved after every decision, and carries on with what it reads back. */
const restored = (host: Host): Host => ({
  handle: async (message) => {
    const reply = await host.handle(message);
    if (message.type === 'decide') {
      const { hash, state } = await host.handle({ type: 'save', day: message.day });
      await host.handle({ type: 'load', day: message.day, hash, state });
    }
    return reply;
  },
});

describe('risk models in the loop', function () {
  this.timeout(60_000);
  const type = (riskModel: object) => ({
    strategy: { name: 'risk-parity' },
    activeLimit: 10,
    turnoverBudget: 1,
    riskModel,
  });
  const scenario = (riskModel: object, funds: object = riskModel) =>
    smallScenario({ institutions: { types: { bank: type(riskModel), fund: type(funds) } } });

  it('the record does not depend on how many hosts there are, nor on what is saved and restored', async () => {
    const unlike = scenario(
      { estimator: 'oas', days: 40, every: 5 },
      { estimator: 'garch', days: 60, every: 4 },
    );
    const one = await chainOf(unlike);
    expect(await chainOf(unlike, { hosts: 3 })).to.equal(one);
    const through = (): ReturnType<typeof memoryTransport> => memoryTransport([restored(createHost())]);
    expect(await chainOf(unlike, { through })).to.equal(one);
  });

  it('an institution whose estimator fails holds, with the reason', async () => {
    const days = await factsOf(scenario({ estimator: 'factor', factors: 3 }, { estimator: 'sample' }));
    const held = noticesOf(days, 'held');
    expect(held.length).to.be.greaterThan(0);
    for (const { columns } of held) {
      expect(columns['reason']).to.include('3 factors are too many for 3 assets');
      expect((columns['institution'] as string[]).every((id) => id.startsWith('bank'))).to.equal(true);
    }
  });

  it('an estimator that is not there, or an option it has not, is refused', () => {
    expect(() => scenario({ estimator: 'ledoit' })).to.throw(/riskModel/);
    expect(() => scenario({ estimator: 'sample', halfLife: 5 })).to.throw(/halfLife/);
  });
});
