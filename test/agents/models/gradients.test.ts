import { expect } from 'chai';
import { create } from './create.js';
import { drawsFor, samplesOf, taskOf } from './task.js';

const [ASSETS, FEATURES, WINDOW] = [3, 2, 4];

/** One day of three assets, and so for a model of single assets a batch of one of them. */
const day = taskOf('day', ASSETS, FEATURES * WINDOW, (x) => x[0]! + 2);

describe('gradients of the architectures', () => {
  for (const name of ['linear', 'mlp', 'lstm', 'gru', 'transformer', 'graph', 'mc-dropout'] as const)
    it(`${name}: agrees with central differences of its own forecasts`, () => {
      const options = { optimiser: 'sgd', ...(name === 'mc-dropout' && { dropout: 1e-9 }) };
      const cohort = create(name, { features: FEATURES, assets: ASSETS, window: WINDOW }, options);
      const rows = cohort.rowsPerSample;
      const task = { ...day, targets: day.targets.slice(0, rows) };
      const inputs = day.inputs.slice(0, rows * day.width);
      cohort.initialise(0, drawsFor('initialise'));
      const before = cohort.parameters(0);
      const request = { steps: 1, batchSize: rows, learningRate: 1, stream: drawsFor('train') };
      cohort.train(0, { ...request, samples: samplesOf(task) });
      const after = cohort.parameters(0);
      const loss = (i: number, by: number): number => {
        cohort.setParameters(0, before.with(i, before[i]! + by));
        const { mean } = cohort.forecast(0, inputs, rows);
        return mean.reduce((sum, value, r) => sum + (value - task.targets[r]!) ** 2, 0) / rows;
      };
      const gradient = before.map((value, i) => value - after[i]!);
      const scale = Math.max(...gradient.map(Math.abs));
      expect(scale).to.be.greaterThan(0.01);
      before.forEach((_, i) => {
        const slope = (loss(i, 0.0005) - loss(i, -0.0005)) / 0.001;
        expect(gradient[i], `parameter ${i}`).to.be.closeTo(slope, 0.01 * scale);
      });
    });
});
