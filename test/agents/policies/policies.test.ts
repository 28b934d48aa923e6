import { expect } from 'chai';
import { correlation } from '../../../core/numeric.js';
import type { ArchitectureName } from '../../../agents/models/index.js';
import { NonFinite } from '../../../agents/learning/non-finite.js';
import { create } from '../models/create.js';
import { drawsFor, samplesOf, taskOf, type Task } from '../models/task.js';

const [ASSETS, FEATURES] = [3, 2];

/** Days of three assets whose first feature says a part of what happens. */
const told = (purpose: string, days: number, window = 1): Task =>
  taskOf(purpose, days * ASSETS, FEATURES * window, (x, draws) => 0.6 * x.at(-2)! + draws.normal());

/** What happens is a product: no linear rule earns anything on it. */
const product = (purpose: string, days: number): Task =>
  taskOf(purpose, days * ASSETS, FEATURES, (x, draws) => x[0]! * x[1]! + 0.5 * draws.normal());

const options: Partial<Record<ArchitectureName, object>> = {
  'sharpe-policy': { hidden: [8] },
  'policy-gradient': { width: 8, exploration: 0.7, discount: 0 },
  ppo: { width: 8, exploration: 0.7, discount: 0 },
  'deep-q': { hidden: [16], discount: 0, cost: 0.02 },
  evolution: { hidden: [4], pairs: 16, mutation: 0.1 },
  'evolution-gradient': { hidden: [8], pairs: 4 },
};
const names = Object.keys(options) as ArchitectureName[];

function schooled(name: ArchitectureName, task: Task, more: object = {}, steps = 150, window = 1) {
  const shape = { features: FEATURES, assets: ASSETS, window };
  const cohort = create(name, shape, { days: 40, cost: 0.02, ...options[name], ...more });
  cohort.initialise(0, drawsFor('initialise'));
  const request = { steps, batchSize: 32, learningRate: 0.02, stream: drawsFor('train') };
  const { loss } = cohort.train(0, { ...request, samples: samplesOf(task) });
  return { cohort, loss };
}

describe('policies', () => {
  for (const name of names) {
    const window = ['policy-gradient', 'ppo'].includes(name) ? 2 : 1;

    it(`${name}: earns on days that it has not seen what their first feature tells`, () => {
      const steps = { 'policy-gradient': 300, ppo: 80, evolution: 120 }[name as string] ?? 150;
      const { cohort } = schooled(name, told('train', 400, window), {}, steps, window);
      const test = told('test', 200, window);
      const { mean, stdDev } = cohort.forecast(0, test.inputs, test.targets.length);
      expect(mean.every((s) => s >= -1 && s <= 1)).to.equal(true);
      expect(stdDev.every((s) => s === 1)).to.equal(true);
      const earned = mean.map((s, i) => s * test.targets[i]!);
      const most = test.targets.map((_, i) =>
        Math.abs(0.6 * test.inputs[i * FEATURES * window + 2 * window - 2]!),
      );
      const sum = (values: Float32Array) => values.reduce((total, v) => total + v, 0);
      expect(sum(earned) / sum(most)).to.be.greaterThan(0.35);
      expect(correlation(mean, test.targets)).to.be.greaterThan(0.25);
    });
  }

  it('a network earns on a product, where no linear rule earns anything', () => {
    const { cohort } = schooled('sharpe-policy', product('train', 400), { hidden: [16] }, 300);
    const test = product('test', 200);
    const { mean } = cohort.forecast(0, test.inputs, test.targets.length);
    expect(correlation(mean, test.targets)).to.be.greaterThan(0.5);
    const line = create('linear', { features: FEATURES });
    line.initialise(0, drawsFor('initialise'));
    line.train(0, {
      samples: samplesOf(product('train', 400)),
      steps: 300,
      batchSize: 96,
      learningRate: 0.02,
      stream: drawsFor('train'),
    });
    expect(
      Math.abs(correlation(line.forecast(0, test.inputs, test.targets.length).mean, test.targets)),
    ).to.be.lessThan(0.15);
  });

  it('that pays for moving moves less', () => {
    const moved = (cost: number): number => {
      const { cohort } = schooled('sharpe-policy', told('train', 400), { cost });
      const { mean } = cohort.forecast(0, told('test', 200).inputs, 200 * ASSETS);
      return mean.subarray(ASSETS).reduce((sum, s, i) => sum + Math.abs(s - mean[i]!), 0);
    };
    expect(moved(0.6)).to.be.lessThan(0.6 * moved(0));
  });

  it('goes on from saved state bit for bit, and federates by its parameters', () => {
    for (const name of ['ppo', 'deep-q', 'evolution'] as const) {
      const window = name === 'ppo' ? 2 : 1;
      const task = told('train', 60, window);
      const { cohort } = schooled(name, task, {}, 3, window);
      const { cohort: other } = schooled(name, task, {}, 1, window);
      other.loadState(0, cohort.saveState(0));
      const request = { samples: samplesOf(task), steps: 2, batchSize: 8, learningRate: 0.01 };
      const results = [cohort, other].map((each) => each.train(0, { ...request, stream: drawsFor('more') }));
      expect(results[0]).to.deep.equal(results[1]);
      other.setParameters(0, cohort.parameters(0));
      expect(other.parameters(0)).to.deep.equal(cohort.parameters(0));
      expect(() => other.setParameters(0, new Float32Array(2))).to.throw(RangeError, '2 parameter values');
    }
  });

  it('is held by penalties on its parameters, and knows no other', () => {
    const size = (weight: number): number => {
      const cohort = create(
        'sharpe-policy',
        { features: FEATURES, assets: ASSETS },
        options['sharpe-policy'] as never,
      );
      cohort.initialise(0, drawsFor('initialise'));
      const request = { steps: 100, batchSize: 8, learningRate: 0.02, stream: drawsFor('train') };
      const { penalties } = cohort.train(0, {
        ...request,
        samples: samplesOf(told('train', 200)),
        penalties: { l2: { weight } },
      });
      return penalties['l2']!;
    };
    expect(size(1)).to.be.lessThan(0.5 * size(0.001));
    const { cohort } = schooled('sharpe-policy', told('train', 60), {}, 1);
    const request = {
      samples: samplesOf(told('train', 60)),
      steps: 1,
      batchSize: 8,
      learningRate: 0.01,
      stream: drawsFor('x'),
    };
    expect(() => cohort.train(0, { ...request, penalties: { decorrelation: { weight: 1 } } })).to.throw(
      'a policy knows l2',
    );
  });

  it('names what is no number and is as it was before', () => {
    const { cohort } = schooled('deep-q', told('train', 60), {}, 1);
    const before = cohort.saveState(0);
    const broken = { ...told('train', 60), targets: new Float32Array(180).fill(NaN) };
    const request = { steps: 2, batchSize: 8, learningRate: 0.01, stream: drawsFor('x') };
    expect(() => cohort.train(0, { ...request, samples: samplesOf(broken) })).to.throw(
      NonFinite,
      'deep-q: targets',
    );
    expect(cohort.saveState(0)).to.deep.equal(before);
  });
});
