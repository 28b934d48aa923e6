import { expect } from 'chai';
import fc from 'fast-check';
import type { TrainingRequest } from '../../../agents/learning/cohort.js';
import { openEngine } from '../../../agents/learning/engine.js';
import { meanSquaredError, multiply } from '../../../agents/learning/operations/index.js';
import { derivedFrom } from '../../../agents/learning/derived-inputs.js';
import type { Network } from '../../../agents/learning/network.js';
import { NonFinite } from '../../../agents/learning/non-finite.js';
import { oracle } from '../../../agents/learning/oracle.js';
import { adam } from '../../../agents/learning/optimisers.js';
import { preferredBackend } from '../../../agents/learning/preferred-backend.js';
import { tracedCohort } from '../../../agents/learning/traced-cohort.js';
import { hiddenLayers, readout } from '../../../agents/models/layers.js';
import { drawsFor, samplesOf, taskOf, type Task } from '../models/task.js';

const width = 3;
const mask = {
  name: 'mask',
  columns: 5,
  flops: 0,
  train: (_rows: Float32Array, into: Float32Array, stream: { uniform: () => number }) => {
    for (let i = 0; i < into.length; i++) into[i] = stream.uniform();
  },
  forecast: (_rows: Float32Array, into: Float32Array) => void into.fill(0.5),
};

/** A network that draws from the stream in its minibatches as well as for them. */
const network: Network = {
  architecture: 'homemade',
  rowWidth: width,
  rowsPerSample: 1,
  representationWidth: 0,
  loss: meanSquaredError,
  optimiser: adam(0.01),
  derived: [mask],
  forward: (trace, inputs) => {
    const hidden = hiddenLayers(trace, inputs, [5]);
    const thinned = inputs.name === 'inputs' ? multiply(hidden, derivedFrom(inputs, mask)) : hidden;
    return { mean: readout(trace, thinned) };
  },
};
const task = taskOf('staged', 40, width, (x, d) => x[0]! + 0.1 * d.normal());

function trained(
  staged: number | undefined,
  backend: typeof oracle,
  request: Partial<TrainingRequest>,
  of: Task = task,
) {
  const cohort = tracedCohort(network, 2, openEngine({ backend }), undefined, staged);
  for (const agent of [0, 1]) cohort.initialise(agent, drawsFor('first', agent));
  const stream = drawsFor('draws');
  const results = [1, 0, 1].map((agent) => {
    try {
      return cohort.train(agent, {
        samples: samplesOf(of),
        steps: 11,
        batchSize: 6,
        learningRate: 0.05,
        stream,
        ...request,
      });
    } catch (error) {
      if (error instanceof NonFinite) return error.message;
      throw error;
    }
  });
  const states = [0, 1].map((agent) => Buffer.from(cohort.saveState(agent)).toString('hex'));
  return { results, states, next: stream.normal() };
}

describe('minibatches that lie ready', () => {
  for (const backend of [preferredBackend, oracle])
    it(`are as many as the room allows, to the same bytes whatever that is (${backend.kind})`, () => {
      const penalties = { l2: { weight: 0.01 } };
      const all = trained(2 ** 22, backend, { penalties });
      expect(all.results[0]).to.have.property('loss').that.is.greaterThan(0);
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 2000 }), (floats) => {
          expect(trained(floats, backend, { penalties })).to.deep.equal(all);
        }),
        { numRuns: 40 },
      );
      expect(trained(undefined, backend, { penalties })).to.deep.equal(all);
    });

  it('put the agent back, and name the same tensor, wherever training goes wrong', () => {
    const spoilt = { ...task, inputs: task.inputs.map((x, i) => (i === 3 * 17 ? NaN : x)) };
    for (const [request, of] of [
      [{ learningRate: 1e38 }, task],
      [{}, spoilt],
    ] as const) {
      const all = trained(2 ** 22, preferredBackend, request, of);
      expect(all.results.filter((one) => typeof one === 'string')).to.have.length.greaterThan(0);
      for (const floats of [1, 150, 400])
        expect(trained(floats, preferredBackend, request, of)).to.deep.equal(all);
    }
  });

  it('take bounded room, however many steps there are', () => {
    const engine = openEngine();
    const cohort = tracedCohort(network, 1, engine);
    cohort.initialise(0, drawsFor('first'));
    const request = {
      samples: samplesOf(task),
      batchSize: 6,
      learningRate: 0.001,
      stream: drawsFor('draws'),
    };
    cohort.train(0, { ...request, steps: 10 });
    const before = engine.bytes();
    cohort.train(0, { ...request, steps: 20_000 });
    expect(engine.bytes() - before).to.be.at.most(2 ** 20 + 4 * 2 ** 18);
  });
});
