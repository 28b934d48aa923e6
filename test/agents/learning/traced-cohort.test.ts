import { expect } from 'chai';
import { openEngine } from '../../../agents/learning/engine.js';
import { NonFinite } from '../../../agents/learning/non-finite.js';
import { oracle } from '../../../agents/learning/oracle.js';
import { preferredBackend } from '../../../agents/learning/preferred-backend.js';
import { create } from '../models/create.js';
import { drawsFor, samplesOf, school, taskOf, type Task } from '../models/task.js';

const task = taskOf('train', 64, 3, (x) => x[0]! - x[1]!);
const request = (of: Task, seed = 1) => ({
  samples: samplesOf(of),
  steps: 5,
  batchSize: 8,
  learningRate: 0.01,
  stream: drawsFor('train', seed),
});

describe('tracedCohort', () => {
  it('gives an agent the same bits whatever it shares memory with', () => {
    const engine = openEngine({ agentBytes: 20_000 });
    const crowd = create('mlp', { features: 3 }, {}, 9, engine);
    const alone = create('mlp', { features: 3 });
    for (let agent = 0; agent < 9; agent++) {
      crowd.initialise(agent, drawsFor('initialise', agent));
      crowd.train(agent, request(task, agent));
    }
    alone.initialise(0, drawsFor('initialise', 7));
    alone.train(0, request(task, 7));
    expect(alone.parameters(0)).to.deep.equal(crowd.parameters(7));
  });

  it('keeps optimiser moments at home when parameters are replaced', () => {
    const [fresh, used] = [create('mlp', { features: 3 }), create('mlp', { features: 3 })];
    school(used, task, { rounds: 2 });
    fresh.initialise(0, drawsFor('other'));
    fresh.setParameters(0, used.parameters(0));
    expect(fresh.parameters(0)).to.deep.equal(used.parameters(0));
    for (const cohort of [fresh, used]) cohort.train(0, request(task));
    expect(fresh.parameters(0)).not.to.deep.equal(used.parameters(0));
  });

  it('continues from saved state bit for bit', () => {
    const [first, second] = [create('mlp', { features: 3 }), create('mlp', { features: 3 }, {}, 2)];
    school(first, task, { rounds: 2 });
    second.loadState(1, first.saveState(0));
    const results = [first.train(0, request(task)), second.train(1, request(task))];
    expect(results[0]).to.deep.equal(results[1]);
    expect(first.parameters(0)).to.deep.equal(second.parameters(1));
    expect(first.forecast(0, task.inputs, 64)).to.deep.equal(second.forecast(1, task.inputs, 64));
  });

  it('forecasts the same rows whatever rows they are asked with', () => {
    const cohort = create('mlp', { features: 3 });
    const many = taskOf('many', 300, 3, () => 0);
    school(cohort, task, { rounds: 1 });
    const all = cohort.forecast(0, many.inputs, 300);
    const one = cohort.forecast(0, many.inputs.subarray(3 * 200, 3 * 201), 1);
    expect(one.mean[0]).to.equal(all.mean[200]);
  });

  for (const backend of [preferredBackend, oracle])
    it(`sets what is denormal to 0 once a call, and nothing that is not (${backend.kind})`, () => {
      const cohort = create('linear', { features: 3 }, {}, 1, openEngine({ backend }));
      cohort.initialise(0, drawsFor('initialise'));
      cohort.setParameters(0, Float32Array.of(1e-40, -1e-42, 2e-38, 0));
      const nothing = { count: 8, gather: () => 0 };
      cohort.train(0, {
        samples: nothing,
        steps: 1,
        batchSize: 4,
        learningRate: 1e-30,
        stream: drawsFor('train'),
      });
      expect([...cohort.parameters(0)]).to.deep.equal([0, 0, Math.fround(2e-38), 0]);
      // Adam's moments of a gradient that has died down get stuck among denormals, but for this.
      const task = taskOf('dying', 16, 3, () => 1e-3);
      const request = { batchSize: 4, learningRate: 0.01, stream: drawsFor('train') };
      cohort.train(0, { ...request, samples: samplesOf(task), steps: 1 });
      for (let round = 0; round < 40; round++) cohort.train(0, { ...request, samples: nothing, steps: 50 });
      const floats = new Float32Array(cohort.saveState(0).slice(24).buffer);
      expect(floats.filter((x) => x !== 0 && Math.abs(x) < 1.1754943508222875e-38)).to.have.length(0);
      expect(floats.some((x) => x !== 0)).to.equal(true);
    });

  it('names what is not finite and puts the agent back', () => {
    const cohort = create('mlp', { features: 3 });
    school(cohort, task, { rounds: 1 });
    const before = cohort.saveState(0);
    const broken = { ...task, inputs: task.inputs.map(() => NaN) };
    expect(() => cohort.train(0, request(broken))).to.throw(NonFinite, 'mlp: inputs is not finite');
    const wild = { ...task, targets: task.targets.map(() => 1e30) };
    expect(() => cohort.train(0, request(wild))).to.throw(NonFinite, 'mlp');
    expect(cohort.saveState(0)).to.deep.equal(before);
    cohort.train(0, request(task));
  });

  it('refuses parameters, states and inputs of another size', () => {
    const cohort = create('linear', { features: 3 });
    expect(() => cohort.setParameters(0, new Float32Array(3))).to.throw(RangeError, '3 parameter values');
    expect(() => cohort.loadState(0, new Uint8Array(3))).to.throw(RangeError, 'state of 3 bytes');
    expect(() => cohort.forecast(0, new Float32Array(4), 1)).to.throw(RangeError, 'rows of 3');
    expect(() => cohort.parameters(1)).to.throw(RangeError, 'agent 1');
  });
});
