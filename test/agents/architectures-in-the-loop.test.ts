import { expect } from 'chai';
import { architectures } from '../../agents/models/index.js';
import { chainOf, column, factsOf, noticesOf, smallScenario } from '../small-run.js';

type Raw = Readonly<Record<string, unknown>>;

const days = 20;
const institutions = { count: 12 };
const lookback = (name: string): Raw =>
  'lookback' in
  (architectures[name as keyof typeof architectures].options as unknown as { shape: object }).shape
    ? { lookback: 4 }
    : {};
const small: Readonly<Record<string, Raw>> = {
  'gradient-boosting': { trees: 5 },
  'random-forest': { trees: 5 },
  'deep-ensemble': { members: 2 },
  'mc-dropout': { passes: 3 },
  rule: { rule: 'momentum' },
};
const chosen = (name: string): Raw => ({ name, ...lookback(name), ...small[name] });
const withMinds = (names: readonly string[], more: Raw = {}) =>
  smallScenario({ days, institutions, learning: { architectures: names.map(chosen) }, ...more });

describe('architectures in the loop', function () {
  this.timeout(120_000);

  for (const name of Object.keys(architectures))
    it(`${name}: twelve institutions learn, forecast and trade for twenty days`, async () => {
      const federation = { membership: name === 'gradient-boosting' ? 'local' : 'architecture' };
      const run = await factsOf(withMinds([name], { federation }));
      expect(run).to.have.length(days + 1);
      expect(noticesOf(run, 'sat-out')).to.deep.equal([]);
      const mean = run.flatMap((day) => Array.from(column(day, 'forecasts', 'mean')));
      const stdDev = run.flatMap((day) => Array.from(column(day, 'forecasts', 'stdDev')));
      expect(mean.length).to.be.greaterThan(100);
      expect([...mean, ...stdDev].every(Number.isFinite)).to.equal(true);
      expect(stdDev.every((s) => s > 0)).to.equal(true);
      if (name === 'garch-forecast') expect(new Set(stdDev).size).to.be.greaterThan(20);
      else expect(new Set(mean).size).to.be.greaterThan(20);
    });

  it('unlike architectures side by side: the record does not depend on how many hosts there are', async () => {
    const names = ['mlp', 'lstm', 'transformer', 'graph', 'random-forest', 'garch-forecast', 'rule'];
    const scenario = withMinds(names, { homogeneity: { models: 0 } });
    const one = await chainOf(scenario);
    for (const hosts of [2, 5]) expect(await chainOf(scenario, { hosts }), `${hosts} hosts`).to.equal(one);
  });

  it('a scenario that its architectures cannot honour is refused, and the field is named', () => {
    const refused = (architecture: Raw, more: Raw, message: string) =>
      expect(() => smallScenario({ learning: { architectures: [architecture] }, ...more })).to.throw(message);
    refused(
      { name: 'random-forest' },
      { federation: { aggregation: { rule: 'median' } } },
      'federation.aggregation.rule',
    );
    refused({ name: 'gradient-boosting' }, {}, 'federation.membership');
    refused({ name: 'mlp', lookback: 5 }, {}, 'lookback');
    refused({ name: 'mlp', huberDelta: 2 }, {}, 'learning.architectures.0.huberDelta');
    refused({ name: 'transformer', width: 12 }, {}, 'learning.architectures.0.width');
    refused({ name: 'transformer', lookback: 4, span: 5 }, {}, 'learning.architectures.0.span');
    refused({ name: 'linear', lasso: 0.1 }, {}, 'learning.architectures.0.lasso');
    refused({ name: 'rule', returnFeature: 12 }, {}, 'learning.architectures.0.returnFeature');
    expect(() =>
      smallScenario({ learning: { architectures: [{ name: 'rule' }], penalties: { proximal: 1 } } }),
    ).to.throw('learning.penalties.proximal');
  });
});
