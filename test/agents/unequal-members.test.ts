import { expect } from 'chai';
import { featureLayout, longestLag, writeFeatures } from '../../agents/features.js';
import { createMemory, remember } from '../../agents/memory.js';
import { create } from './models/create.js';
import { drawsFor, samplesOf, type Task } from './models/task.js';

const layout = featureLayout(['macro', 'sentiment']);

/** Days as an institution sees them that subscribes to some of the sources; sentiment says what happens. */
function seenBy(subscribed: readonly [number, number], purpose: string): Task {
  const draws = drawsFor(purpose);
  const memory = createMemory(longestLag + 1, [0.01]);
  const [days, inputs] = [300, new Float32Array(300 * layout.width)];
  const targets = new Float32Array(days);
  for (let d = 0; d < days; d++) {
    remember(memory, [0.01 * draws.normal()]);
    const sources = Float32Array.from([draws.normal(), draws.normal()]);
    writeFeatures(layout, memory, Uint8Array.from(subscribed), sources, inputs, d * layout.width);
    targets[d] = sources[1]! + 0.1 * draws.normal();
  }
  return { width: layout.width, inputs, targets };
}

/** Columns of sentiment: its value and its mask. */
const sentiment = [layout.width - 2, layout.width - 1];

describe('a federation of unequal members', () => {
  const trained = (subscribed: readonly [number, number]) => {
    const cohort = create('linear', { features: layout.width });
    const task = seenBy(subscribed, 'train');
    cohort.initialise(0, drawsFor('initialise'));
    const request = { steps: 400, batchSize: 32, learningRate: 0.01, stream: drawsFor('minibatch') };
    cohort.train(0, { ...request, samples: samplesOf(task) });
    return { cohort, parameters: cohort.parameters(0) };
  };
  const [knows, blind] = [trained([1, 1]), trained([1, 0])];

  it('has parameters of one shape and meaning: who lacks a source moves none of its weights', () => {
    expect(knows.parameters).to.have.length(blind.parameters.length);
    for (const column of sentiment) expect(blind.parameters[column]).to.equal(0);
    expect(knows.parameters[sentiment[0]!]).to.be.closeTo(1, 0.1);
  });

  it('averages what each knows: who has the source gains from it, who lacks it cannot be misled by it', () => {
    const mean = knows.parameters.map((w, j) => (w + blind.parameters[j]!) / 2);
    for (const { cohort } of [knows, blind]) cohort.setParameters(0, mean);
    const { inputs } = seenBy([1, 0], 'test');
    const without = mean.map((w, j) => (sentiment.includes(j) ? 0 : w));
    const [own] = [blind.cohort.forecast(0, inputs, 300).mean];
    blind.cohort.setParameters(0, without);
    expect(blind.cohort.forecast(0, inputs, 300).mean).to.deep.equal(own);
    const task = seenBy([1, 1], 'test');
    const { mean: told } = knows.cohort.forecast(0, task.inputs, 300);
    const error = told.reduce((sum, f, i) => sum + (f - task.targets[i]!) ** 2, 0);
    expect(error / task.targets.reduce((sum, y) => sum + y ** 2, 0)).to.be.lessThan(0.35);
  });
});
