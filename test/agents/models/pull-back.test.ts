import { expect } from 'chai';
import { create } from './create.js';
import { drawsFor, samplesOf, taskOf } from './task.js';

const [ASSETS, FEATURES, WINDOW] = [3, 2, 4];
const day = taskOf('day', ASSETS, FEATURES * WINDOW, (x) => x[0]! + 2);
const shape = { features: FEATURES, assets: ASSETS, window: WINDOW };
const cotangent = Float32Array.of(1, -0.5, 2);

describe('pullBack', () => {
  for (const name of [
    'linear',
    'mlp',
    'lstm',
    'gru',
    'transformer',
    'graph',
    'deep-ensemble',
    'mc-dropout',
  ] as const)
    it(`${name}: agrees with central differences in parameters and in inputs`, () => {
      const cohort = create(name, shape);
      cohort.initialise(0, drawsFor('initialise'));
      if (name === 'linear')
        cohort.setParameters(
          0,
          cohort.parameters(0).map((_, i) => 0.1 * i - 0.3),
        );
      const before = cohort.parameters(0);
      const worth = (inputs: Float32Array) =>
        cohort.forecast(0, inputs, ASSETS).mean.reduce((sum, f, r) => sum + cotangent[r]! * f, 0);
      const { mean, parameters, inputs } = cohort.pullBack!(0, day.inputs, cotangent);
      cohort.forecast(0, day.inputs, ASSETS).mean.forEach((f, r) => expect(mean[r]).to.be.closeTo(f, 1e-6));
      const scale = Math.max(...parameters.map(Math.abs));
      const step = 0.001;
      for (let i = 0; i < before.length; i += 7) {
        const at = (by: number) => {
          cohort.setParameters(0, before.with(i, before[i]! + by));
          return worth(day.inputs);
        };
        expect(parameters[i], `parameter ${i}`).to.be.closeTo(
          (at(step) - at(-step)) / (2 * step),
          0.01 * scale,
        );
      }
      cohort.setParameters(0, before);
      // The graph's ties follow the returns too, which no slope knows; its other feature is moved alone.
      const moved = [...day.inputs.keys()].filter((j) => name !== 'graph' || j % FEATURES === 1);
      for (const j of moved) {
        const at = (by: number) => worth(day.inputs.with(j, day.inputs[j]! + by));
        expect(inputs[j], `input ${j}`).to.be.closeTo((at(step) - at(-step)) / (2 * step), 0.01 * scale);
      }
    });

  it('names the matrices of the parameters in their order', () => {
    const { tensors, parameterCount } = create('mlp', { features: 3 }, { hidden: [8] });
    expect(tensors!.map(({ name }) => name)).to.deep.equal([
      'layer 1 weights',
      'layer 1 bias',
      'output weights',
      'output bias',
    ]);
    expect(tensors!.reduce((sum, { rows, columns }) => sum + rows * columns, 0)).to.equal(parameterCount);
  });

  it('is not there where nothing is differentiated', () => {
    expect(create('random-forest', { features: 2 }).pullBack).to.equal(undefined);
  });
});

describe('training against an adversary', () => {
  /** One step of plain descent: its length over the rate is the gradient. */
  const gradientOf = (
    weights: number[],
    x: number[],
    y: number,
    adversary?: { radius: number; share: number },
  ) => {
    const cohort = create('linear', { features: x.length }, { optimiser: 'sgd' });
    cohort.setParameters(0, Float32Array.from(weights));
    cohort.train(0, {
      samples: samplesOf({ width: x.length, inputs: Float32Array.from(x), targets: Float32Array.of(y) }),
      steps: 1,
      batchSize: 1,
      learningRate: 1,
      stream: drawsFor('train'),
      ...(adversary && { adversary }),
    });
    return weights.map((w, i) => w - cohort.parameters(0)[i]!);
  };

  it('of a linear model is descent on (|e| + r Σ|w|)², solved by hand', () => {
    // w = (2, -1), b = 0, x = (1, 3), y = 2: e = 2 - 3 - 2 = -3; worst: e' = -3 - 0.5 · 3 = -4.5, x' = (0.5, 3.5).
    const [first, second, bias] = gradientOf([2, -1, 0], [1, 3], 2, { radius: 0.5, share: 1 });
    expect(first).to.be.closeTo(2 * -4.5 * 0.5, 1e-5);
    expect(second).to.be.closeTo(2 * -4.5 * 3.5, 1e-5);
    expect(bias).to.be.closeTo(2 * -4.5, 1e-5);
  });

  it('leaves what is absent alone, and mixes with the clean loss by its share', () => {
    const [first, second] = gradientOf([2, -1, 0], [1, 0], 4, { radius: 0.5, share: 1 });
    // e = -2, worst along the first input alone: x' = 0.5, e' = -3.
    expect(first).to.be.closeTo(2 * -3 * 0.5, 1e-5);
    expect(second).to.equal(0);
    const clean = gradientOf([2, -1, 0], [1, 3], 2);
    const worst = gradientOf([2, -1, 0], [1, 3], 2, { radius: 0.5, share: 1 });
    gradientOf([2, -1, 0], [1, 3], 2, { radius: 0.5, share: 0.25 }).forEach((g, i) =>
      expect(g).to.be.closeTo(0.75 * clean[i]! + 0.25 * worst[i]!, 1e-4),
    );
  });

  it('of no radius is training as it always was', () => {
    for (const name of ['mlp', 'lstm', 'transformer', 'graph', 'mc-dropout', 'deep-ensemble'] as const) {
      const trained = [undefined, { radius: 0, share: 1 }, { radius: 0.3, share: 1 }].map((adversary) => {
        const cohort = create(name, shape, { optimiser: 'sgd' });
        cohort.initialise(0, drawsFor('initialise'));
        const request = { steps: 2, batchSize: 6, learningRate: 0.01, stream: drawsFor('train') };
        cohort.train(0, { ...request, samples: samplesOf(day), ...(adversary && { adversary }) });
        return cohort.parameters(0);
      });
      trained[1]!.forEach((w, i) => expect(w, `${name} ${i}`).to.be.closeTo(trained[0]![i]!, 1e-6));
      expect(Math.max(...trained[2]!.map((w, i) => Math.abs(w - trained[0]![i]!))), name).to.be.greaterThan(
        1e-4,
      );
    }
  });
});
