import { expect } from 'chai';
import { openEngine } from '../../agents/learning/engine.js';
import { zeros } from '../../agents/learning/initialisers.js';
import type { Network } from '../../agents/learning/network.js';
import { matmul, meanSquaredError } from '../../agents/learning/operations/index.js';
import { sgd } from '../../agents/learning/optimisers.js';
import { emit, parameter } from '../../agents/learning/trace.js';
import { tracedCohort } from '../../agents/learning/traced-cohort.js';
import { architectures, type Architecture } from '../../agents/models/index.js';
import { createStage } from '../../market/stage.js';
import { chainOf, column, factsOf, noticesOf, overlaid, smallScenario } from '../small-run.js';

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
  'sharpe-policy': { days: 8, hidden: [8] },
  'policy-gradient': { days: 8, width: 8 },
  ppo: { days: 8, width: 8, epochs: 2 },
  'deep-q': { days: 8, hidden: [8] },
  evolution: { days: 8, hidden: [4], pairs: 2 },
  'evolution-gradient': { days: 8, hidden: [4], pairs: 2 },
};
const chosen = (name: string): Raw => ({ name, ...lookback(name), ...small[name] });
/** What learns by reward says positions, which the strategy of that name takes. */
const seated = (names: readonly string[]): Raw => {
  const rewarded = names.some(
    (name) => architectures[name as keyof typeof architectures].learns === 'by reward',
  );
  const strategy = { strategy: { name: 'policy' } };
  return rewarded ? { ...institutions, types: { bank: strategy, fund: strategy } } : institutions;
};
const withMinds = (names: readonly string[], more: Raw = {}) =>
  smallScenario({
    days,
    institutions: seated(names),
    learning: { architectures: names.map(chosen) },
    ...more,
  });

describe('architectures in the loop', function () {
  this.timeout(120_000);

  for (const name of Object.keys(architectures).filter((each) => each !== 'tfjs'))
    it(`${name}: twelve institutions learn, forecast and trade for twenty days`, async () => {
      const run = await factsOf(withMinds([name]));
      expect(run).to.have.length(days + 1);
      expect(noticesOf(run, 'sat-out')).to.deep.equal([]);
      const mean = run.flatMap((day) => Array.from(column(day, 'forecasts', 'mean')));
      const stdDev = run.flatMap((day) => Array.from(column(day, 'forecasts', 'stdDev')));
      expect(mean.length).to.be.greaterThan(100);
      expect([...mean, ...stdDev].every(Number.isFinite)).to.equal(true);
      expect(stdDev.every((s) => s > 0)).to.equal(true);
      if (name === 'deep-q') expect([...new Set(mean)].every((s) => [-1, 0, 1].includes(s))).to.equal(true);
      else if (name === 'garch-forecast') expect(new Set(stdDev).size).to.be.greaterThan(20);
      else expect(new Set(mean).size).to.be.greaterThan(20);
    });

  it('unlike architectures side by side: the record does not depend on how many hosts there are', async () => {
    const names = ['mlp', 'lstm', 'transformer', 'graph', 'random-forest', 'garch-forecast', 'rule'];
    const scenario = withMinds(names, { homogeneity: { models: 0 } });
    const one = await chainOf(scenario);
    for (const hosts of [2, 5]) expect(await chainOf(scenario, { hosts }), `${hosts} hosts`).to.equal(one);
  });

  it('policies side by side: the record does not depend on how many hosts there are', async () => {
    const scenario = withMinds(['sharpe-policy', 'ppo', 'deep-q', 'evolution'], {
      homogeneity: { models: 0 },
    });
    expect(await chainOf(scenario, { hosts: 3 })).to.equal(await chainOf(scenario));
  });

  it('a fund on risk parity and one on a policy trade in one market, each with a mind of its own kind', async () => {
    const scenario = withMinds(['ppo', 'linear'], {
      institutions: {
        types: {
          bank: { architectures: ['linear'], strategy: { name: 'risk-parity' } },
          fund: { architectures: ['ppo'], strategy: { name: 'policy' } },
        },
      },
    });
    const { institutions } = createStage(scenario);
    for (const { type, architecture } of institutions)
      expect(architecture).to.equal(type === 'bank' ? 'linear' : 'ppo');
    expect(await chainOf(scenario, { hosts: 3 })).to.equal(await chainOf(scenario));
  });

  it('architectures are drawn among types that may have the same, the first of theirs in proportion', () => {
    const { institutions } = createStage(
      withMinds(['mlp', 'linear', 'rule'], {
        homogeneity: { models: 0.5 },
        institutions: {
          count: 24,
          types: { fund: { architectures: ['rule', 'linear'] } },
        },
      }),
    );
    const count = (type: string, name: string) =>
      institutions.filter((i) => i.type === type && i.architecture === name).length;
    // Twelve of each: 1/A + (1 - 1/A)/2 have the first of what they may have, in the order of learning.architectures.
    expect(['mlp', 'linear', 'rule'].map((name) => count('bank', name))).to.deep.equal([8, 2, 2]);
    expect(['mlp', 'linear', 'rule'].map((name) => count('fund', name))).to.deep.equal([0, 9, 3]);
  });

  it('a type that names an architecture not in use is told the nearest', () => {
    expect(() =>
      withMinds(['mlp', 'linear'], { institutions: { types: { bank: { architectures: ['liner'] } } } }),
    ).to.throw(/institutions.types.bank.architectures.0: "liner" is not in learning.architectures.*linear/);
  });

  describe('that are wrong in themselves stop the run in the name of the first institution that has them', () => {
    const { create } = architectures.mlp;
    afterEach(() => void Object.assign(architectures.mlp, { create }));

    /** What a run says whose MLP is another network. */
    async function said(forward: Network['forward'], more: Partial<Network> = {}): Promise<string> {
      const broken: Architecture['create'] = ({ features }, _options, size, engine = openEngine()) =>
        tracedCohort(
          {
            architecture: 'mlp',
            rowWidth: features,
            rowsPerSample: 1,
            representationWidth: 0,
            loss: meanSquaredError,
            optimiser: sgd(0),
            forward,
            ...more,
          },
          size,
          engine,
        );
      Object.assign(architectures.mlp, { create: broken });
      let message = 'it ran';
      await factsOf(withMinds(['linear', 'mlp'])).catch((error: Error) => (message = error.message));
      return message;
    }
    const first = (): string => {
      const { institutions: all } = createStage(withMinds(['linear', 'mlp']));
      return all.find(({ architecture }) => architecture === 'mlp')!.id;
    };

    it('by shapes that do not fit, in a forecast or in training', async () => {
      const narrow = await said((trace, inputs) => ({
        mean: matmul(inputs, parameter(trace, 'narrow weights', 2, 1, zeros)),
      }));
      expect(narrow).to.match(
        /^[a-z]+-\d+: mlp: matmul: shapes do not fit: inputs \[1, \d+\], narrow weights/,
      );
      expect(narrow.split(':')[0]).to.equal(first());
      const wide = await said((trace, inputs) => ({
        mean: matmul(inputs, parameter(trace, 'weights', inputs.columns, 2, zeros)),
      }));
      expect(wide).to.match(/^[a-z]+-\d+: mlp: mean squared error: shapes do not fit: .*targets \[\d+, 1\]/);
      expect(wide.split(':')[0]).to.equal(first());
    });

    it('by what only a forecast of a day, or of the public probes, comes upon', async () => {
      const { assets, federation } = withMinds(['mlp']);
      for (const rows of [assets.length, federation.probes]) {
        const late = await said((trace, inputs) => {
          const width = inputs.rows === rows ? 2 : inputs.columns;
          return { mean: matmul(inputs, parameter(trace, 'weights', width, 1, zeros)) };
        });
        expect(late).to.match(/^[a-z]+-\d+: mlp: matmul: shapes do not fit: inputs/);
        expect(late).to.include(`inputs [${rows}, `);
        expect(late.split(':')[0]).to.equal(first());
      }
    });

    it('by an operation that there is not', async () => {
      const odd = await said((trace, inputs) => {
        emit(trace, 999 as never, []);
        return { mean: matmul(inputs, parameter(trace, 'weights', inputs.columns, 1, zeros)) };
      });
      expect(odd).to.equal(`${first()}: mlp: unknown operation 999`);
    });
  });

  it('a policy in the wrong company is refused, and the field is named', () => {
    const refused = (more: Raw, message: string) =>
      expect(() =>
        smallScenario(overlaid({ learning: { architectures: [{ name: 'ppo' }] } }, more) as Raw),
      ).to.throw(message);
    refused({}, 'institutions.types.bank.strategy: must be policy');
    const policy = { institutions: seated(['ppo']) };
    refused({ ...policy, learning: { penalties: { decorrelation: 1 } } }, 'learning.penalties.decorrelation');
    refused(
      { ...policy, learning: { regimes: [{ name: 'distillation' }] } },
      'distillation needs a learned mean, and ppo has none',
    );
    refused({ ...policy, mandates: [{ kind: 'decorrelation', weight: 1 }] }, 'mandates.0.kind');
  });

  it('a scenario that its architectures cannot honour is refused, and the field is named', () => {
    const refused = (architecture: Raw, more: Raw, message: string) =>
      expect(() => smallScenario({ learning: { architectures: [architecture] }, ...more })).to.throw(message);
    refused(
      { name: 'random-forest' },
      { federation: { aggregation: { rule: 'median' } } },
      'federation.aggregation.rule',
    );
    refused(
      { name: 'gradient-boosting' },
      { federation: { aggregation: { rule: 'krum' } } },
      'federation.aggregation.rule',
    );
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
