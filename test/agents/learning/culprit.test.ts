import { expect } from 'chai';
import type { Cohort, TrainingRequest } from '../../../agents/learning/cohort.js';
import { NonFinite } from '../../../agents/learning/non-finite.js';
import type { ArchitectureName } from '../../../agents/models/index.js';
import { create } from '../models/create.js';
import { drawsFor, samplesOf, taskOf } from '../models/task.js';

const task = taskOf('train', 64, 3, (x) => x[0]! - x[1]!);

/** Trains a model that something was done to, and expects the tensor in the error and the model as it was. */
function expectNamed(
  name: ArchitectureName,
  tensor: string,
  {
    change = () => undefined,
    more = {},
    options = {},
  }: {
    readonly change?: (cohort: Cohort) => void;
    readonly more?: Partial<TrainingRequest>;
    readonly options?: Record<string, unknown>;
  },
): void {
  const cohort = create(name, { features: 3 }, options);
  cohort.initialise(0, drawsFor('initialise'));
  change(cohort);
  const before = cohort.saveState(0);
  const request = { steps: 4, batchSize: 8, learningRate: 0.01, stream: drawsFor('train') };
  expect(() => cohort.train(0, { ...request, samples: samplesOf(task), ...more })).to.throw(
    NonFinite,
    `${name}: ${tensor} is not finite`,
  );
  expect(Buffer.compare(cohort.saveState(0), before), 'the model is as it was').to.equal(0);
}

const set = (at: number, value: number) => ({
  change: (cohort: Cohort): void =>
    cohort.setParameters(0, cohort.parameters(0).with(at < 0 ? cohort.parameterCount + at : at, value)),
});
const penalised = (weight: number, values: number) => {
  const global = new Float32Array(create('mlp', { features: 3 }).parameterCount).fill(values);
  return { more: { penalties: { proximal: { weight, inputs: { global } } } } };
};
const asked = (inputs: number, targets: number): { readonly more: Partial<TrainingRequest> } => {
  const all = { ...task, inputs: task.inputs.map(() => inputs), targets: task.targets.map(() => targets) };
  return { more: { samples: samplesOf(all) } };
};

describe('what is no number in training', () => {
  it('is named where it was given: parameters, minibatches, what penalties read', () => {
    expectNamed('mlp', 'layer 1 weights', set(0, NaN));
    expectNamed('mlp', 'output bias', set(-1, -Infinity));
    expectNamed('transformer', 'embedding weights', set(0, NaN));
    expectNamed('mlp', 'targets', asked(1, NaN));
    expectNamed('mlp', 'proximal.global', penalised(1, NaN));
    expectNamed('mlp', 'proximal.weight', penalised(NaN, 0));
  });

  it('is named where it arose, in the step in which it did', () => {
    expectNamed('mlp', 'loss', set(-1, 1e30));
    expectNamed('mlp', 'penalty proximal', penalised(1, 1e30));
    // The sum of eight squared errors of 4e18 is finite; the square of a slope of 8e19 is not.
    const sgd = { options: { optimiser: 'sgd' } };
    expectNamed('linear', 'squared length of the gradient, largest in output weights,', {
      ...asked(10, 4e18),
      ...sgd,
    });
    expectNamed('linear', 'squared length of the gradient, largest in output bias,', {
      more: { ...asked(1e-3, 1.3e19).more, batchSize: 1 },
      ...sgd,
    });
    expectNamed('linear', 'gradient of output weights', { ...asked(1e30, 4e18), ...sgd });
    expectNamed('mlp', 'update of layer 1 weights', { more: { learningRate: 1e39 } });
    const more = { ...asked(1, 1e18).more, learningRate: 1e30 };
    expectNamed('linear', 'update of output weights', { more, ...sgd });
  });

  it('is named in an ensemble with its member, in training by noised gradients, and in a policy', () => {
    expectNamed('deep-ensemble', 'layer 1 weights of member 1', set(0, NaN));
    expectNamed('deep-ensemble', 'output bias of member 5', set(-1, NaN));
    const privacy = { clip: 1, noiseMultiplier: 0, noise: drawsFor('noise') };
    expectNamed('mlp', 'layer 1 weights', { ...set(0, NaN), more: { privacy } });
    const more = { ...asked(1e30, 4e18).more, privacy };
    expectNamed('linear', 'gradient of output weights in an example', { more });
    expectNamed('sharpe-policy', 'layer 1 weights', set(0, NaN));
  });

  it('is named in models that refit', () => {
    expectNamed('garch-forecast', 'long-run variance', asked(1e38, 1e38));
    expectNamed('random-forest', 'inputs', asked(NaN, 1));
  });
});
