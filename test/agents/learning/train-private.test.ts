import { expect } from 'chai';
import type { TrainingRequest } from '../../../agents/learning/cohort.js';
import { openEngine } from '../../../agents/learning/engine.js';
import { interpreter } from '../../../agents/learning/interpreter/interpreter.js';
import { drawLot, lotOf } from '../../../agents/learning/lot.js';
import { NonFinite } from '../../../agents/learning/non-finite.js';
import { oracle } from '../../../agents/learning/oracle.js';
import { architectures, type ArchitectureName } from '../../../agents/models/index.js';
import { create } from '../models/create.js';
import { drawsFor, samplesOf, taskOf, type Task } from '../models/task.js';

const given = (width: number, rows: readonly (readonly number[])[]): Task => ({
  width,
  inputs: Float32Array.from(rows.flatMap((row) => row.slice(0, width))),
  targets: Float32Array.from(rows, (row) => row[width]!),
});

const request = (task: Task, more: Partial<TrainingRequest> = {}): TrainingRequest => ({
  samples: samplesOf(task),
  steps: 1,
  batchSize: task.targets.length,
  learningRate: 1,
  stream: drawsFor('train'),
  ...more,
});

const privately = (clip: number, noiseMultiplier: number) => ({
  privacy: { clip, noiseMultiplier, noise: drawsFor('noise') },
});

const differentiable = (Object.keys(architectures) as ArchitectureName[]).filter(
  (name) => architectures[name].learns === 'by gradient' && name !== 'tfjs' && name !== 'deep-ensemble',
);

describe('training by noised gradients', () => {
  it('shortens each example’s gradient, not that of the lot: solved by hand', () => {
    const cohort = create('linear', { features: 1 }, { optimiser: 'sgd' });
    cohort.setParameters(0, new Float32Array(2));
    // Squared error from f = 0: slopes −2y (x, 1) are (−12, −4), of length 4 √10, and (0, −0.2), within the bound of 1.
    const result = cohort.train(0, request(given(1, [[3, 2], [0, 0.1]]), privately(1, 0))); // prettier-ignore
    const [w, b] = cohort.parameters(0);
    expect(w).to.be.closeTo(3 / Math.sqrt(10) / 2, 1e-6);
    expect(b).to.be.closeTo((1 / Math.sqrt(10) + 0.2) / 2, 1e-6);
    expect(result.loss).to.be.closeTo((4 + 0.01) / 2, 1e-6);
    expect(result.examples).to.equal(2);
  });

  it('measures its errors on what happened, whatever it is taught instead', () => {
    const cohort = create('linear', { features: 1 }, { optimiser: 'sgd' });
    cohort.setParameters(0, new Float32Array(2));
    const samples = { ...samplesOf(given(1, [[1, 4], [0, 2]])), taught: new Float32Array(2) }; // prettier-ignore
    const { loss } = cohort.train(0, { ...request(given(1, [[0, 0]])), batchSize: 2, samples, ...privately(1, 0) }); // prettier-ignore
    // Taught 0, which it says already; what happened is off by 4 and 2: a tenth of their mean square joins 0.9 of 1.
    expect(loss).to.equal(0);
    expect(cohort.forecast(0, Float32Array.of(1), 1).stdDev[0]).to.be.closeTo(
      Math.sqrt(0.9 + 0.1 * 10),
      1e-6,
    );
  });

  it('without noise, and with a bound that binds nobody, is plain descent of the lot’s mean gradient', () => {
    const task = taskOf('mean', 12, 4, (x) => x[0]! - x[1]!);
    const cohort = create('mlp', { features: 4 }, { hidden: [8], optimiser: 'sgd' });
    cohort.initialise(0, drawsFor('initialise'));
    const before = cohort.parameters(0);
    const { mean } = cohort.forecast(0, task.inputs, 12);
    const slopes = mean.map((f, i) => (2 * (f - task.targets[i]!)) / 12);
    const gradient = cohort.pullBack!(0, task.inputs, slopes).parameters;
    cohort.train(0, request(task, { learningRate: 0.1, ...privately(1e9, 0) }));
    cohort.parameters(0).forEach((w, j) => expect(w).to.be.closeTo(before[j]! - 0.1 * gradient[j]!, 1e-6));
  });

  for (const name of differentiable.filter((n) => n !== 'mc-dropout'))
    it(`${name}: of one example, that is plain training bit by bit, and close to it under penalties`, () => {
      const shape = { features: 3, assets: 4, window: 3 };
      const made = (optimiser: string) => {
        const cohort = create(name, shape, { optimiser });
        cohort.initialise(0, drawsFor('initialise'));
        return cohort;
      };
      const { rowsPerSample } = made('adam');
      const width = 9;
      const task = taskOf('one', rowsPerSample, width, (x) => x[0]! - x[4]!);
      const probes = taskOf('probes', 8, width, (x) => x[1]!);
      const run = (more: Partial<TrainingRequest>, optimiser = 'adam') => {
        const cohort = made(optimiser);
        cohort.train(0, request(task, { steps: 5, batchSize: 1, learningRate: 0.01, ...more }));
        return cohort.parameters(0);
      };
      expect(run(privately(1e9, 0))).to.deep.equal(run({}));
      const penalties = {
        l2: { weight: 0.1 },
        decorrelation: { weight: 0.5, inputs: { probes: probes.inputs, forecasts: probes.targets } },
      };
      const [noised, plain] = [run({ penalties, ...privately(1e9, 0) }, 'sgd'), run({ penalties }, 'sgd')];
      noised.forEach((w, j) => expect(w, `parameter ${j}`).to.be.closeTo(plain[j]!, 1e-6));
      expect(noised).not.to.deep.equal(run(privately(1e9, 0), 'sgd'));
    });

  it('reports penalties and the step’s gradient', () => {
    const cohort = create('linear', { features: 2 }, { optimiser: 'sgd' });
    cohort.setParameters(0, Float32Array.of(3, 4, 0));
    const task = given(2, [[0, 0, 0]]);
    const { penalties, gradientNorm } = cohort.train(
      0,
      request(task, { penalties: { l2: { weight: 0.5 } }, ...privately(1, 0) }),
    );
    expect(penalties).to.deep.equal({ l2: 12.5 });
    expect(gradientNorm).to.be.closeTo(2.5, 1e-6);
  });

  it('noise on the mean has the standard deviation σC over the expected lot', () => {
    const cohort = create('mlp', { features: 30 }, { hidden: [40, 40], optimiser: 'sgd' });
    cohort.initialise(0, drawsFor('initialise'));
    const before = cohort.parameters(0);
    // Far more examples than a lot has, and their gradients shortened to nothing beside the noise.
    const task = taskOf('many', 400, 30, () => 0);
    cohort.train(0, request(task, { batchSize: 20, ...privately(1e-3, 500) }));
    const moved = cohort.parameters(0).map((w, j) => w - before[j]!);
    const deviation = Math.sqrt(moved.reduce((sum, d) => sum + d * d, 0) / moved.length);
    expect(deviation / ((500 * 1e-3) / 20)).to.be.within(0.95, 1.05);
  });

  it('an empty lot is a step of noise alone', () => {
    const cohort = create('linear', { features: 1 }, { optimiser: 'sgd' });
    cohort.setParameters(0, new Float32Array(2));
    const none = { ...samplesOf(taskOf('none', 10_000, 1, () => 1)), gather: () => expect.fail('was drawn') };
    const empty = { uniform: () => 1e-300 } as unknown as TrainingRequest['stream'];
    const { loss, examples } = cohort.train(0, {
      ...request(
        taskOf('none', 1, 1, () => 1),
        { batchSize: 1, ...privately(1, 1) },
      ),
      samples: none,
      stream: empty,
    });
    expect([loss, examples]).to.deep.equal([0, 0]);
    expect(cohort.parameters(0).every((w) => w !== 0)).to.equal(true);
  });

  it('the interpreter and the oracle give the same bits, for every architecture, under attack too', () => {
    for (const name of differentiable) {
      const [one, other] = [interpreter()!, oracle].map((backend) => {
        const cohort = create(name, { features: 3, assets: 4, window: 3 }, {}, 2, openEngine({ backend }));
        const task = taskOf('bits', 12 * cohort.rowsPerSample, 9, (x) => x[0]!);
        for (const agent of [1, 0]) {
          cohort.initialise(agent, drawsFor('initialise'));
          const attack = { adversary: { radius: 0.1, share: 0.5 } };
          const more = { batchSize: 5 * cohort.rowsPerSample, steps: 3, learningRate: 0.01, ...attack };
          cohort.train(agent, request(task, { ...more, ...privately(0.5, 1) }));
        }
        expect(cohort.saveState(0), name).to.deep.equal(cohort.saveState(1));
        return cohort.saveState(0);
      });
      expect(one, name).to.deep.equal(other);
    }
  });

  it('what is no number stops it, and the agent is as it was', () => {
    const cohort = create('linear', { features: 1 }, { optimiser: 'sgd' });
    cohort.initialise(0, drawsFor('initialise'));
    cohort.train(0, request(given(1, [[1, 1]]), privately(1, 1)));
    const before = cohort.saveState(0);
    const bad = given(1, [[1, 1], [NaN, 1]]); // prettier-ignore
    expect(() => cohort.train(0, request(bad, privately(1, 1)))).to.throw(
      NonFinite,
      'linear: inputs is not finite',
    );
    const huge = privately(1e38, 1e30);
    expect(() => cohort.train(0, request(given(1, [[1, 1]]), huge))).to.throw(NonFinite);
    expect(cohort.saveState(0)).to.deep.equal(before);
  });
});

describe('lots', () => {
  it('have as many examples as a minibatch on average, each drawn by itself', () => {
    const lot = lotOf(3000, 3, 30);
    expect(lot).to.deep.equal({ examples: 1000, rate: 0.01, expected: 10 });
    const stream = drawsFor('lots');
    const [sizes, seen] = [[] as number[], new Int32Array(1000)];
    for (let k = 0; k < 4000; k++) {
      const drawn = drawLot(lot, stream);
      expect(drawn.every((i, at) => i < 1000 && (at === 0 || i > drawn[at - 1]!))).to.equal(true);
      drawn.forEach((i) => seen[i]!++);
      sizes.push(drawn.length);
    }
    const mean = sizes.reduce((a, b) => a + b, 0) / 4000;
    const variance = sizes.reduce((a, b) => a + (b - mean) ** 2, 0) / 4000;
    // Standard errors are 0.05 and 0.22; an example is seen 40 times, give or take 6.3.
    expect(mean).to.be.closeTo(10, 0.2);
    expect(variance).to.be.closeTo(9.9, 0.9);
    for (const part of [seen.subarray(0, 20), seen.subarray(980)])
      expect(part.reduce((a, b) => a + b, 0) / 20).to.be.closeTo(40, 6);
  });

  it('are everybody where a minibatch has room for all, and nobody where there is nobody', () => {
    expect(drawLot(lotOf(4, 1, 32), drawsFor('all'))).to.deep.equal([0, 1, 2, 3]);
    expect(lotOf(4, 1, 32)).to.deep.equal({ examples: 4, rate: 1, expected: 4 });
    expect(drawLot(lotOf(0, 1, 32), drawsFor('none'))).to.deep.equal([]);
  });
});
