import { expect } from 'chai';
import { create } from '../models/create.js';
import { drawsFor } from '../models/task.js';

/** One weight and a bias, one fixed row: the gradient is known in closed form. */
function trajectory(options: Record<string, unknown>, steps: number, learningRate: number): number[] {
  const cohort = create('linear', { features: 1 }, options);
  cohort.initialise(0, drawsFor('initialise'));
  cohort.setParameters(0, Float32Array.of(0.5, -0.25));
  const gather = (_sample: number, into: Float32Array, offset: number) => ((into[offset] = 2), 3);
  const request = { samples: { count: 1, gather }, batchSize: 4, learningRate, stream: drawsFor('train') };
  return Array.from({ length: steps }, () => {
    cohort.train(0, { ...request, steps: 1 });
    return cohort.parameters(0)[0]!;
  });
}

/** Algorithm 1 of Kingma & Ba 2015, in float64. */
function adamReference(steps: number, learningRate: number, decay: number): number[] {
  const [w, m, v] = [
    [0.5, -0.25],
    [0, 0],
    [0, 0],
  ] as [number[], number[], number[]];
  return Array.from({ length: steps }, (_, t) => {
    const error = 2 * w[0]! + w[1]! - 3;
    const [b1, b2] = [0.9, 0.999];
    [4 * error, 2 * error].forEach((g, i) => {
      m[i] = b1 * m[i]! + (1 - b1) * g;
      v[i] = b2 * v[i]! + (1 - b2) * g * g;
      const mHat = m[i] / (1 - Array.from({ length: t + 1 }).reduce((p: number) => p * b1, 1));
      const vHat = v[i] / (1 - Array.from({ length: t + 1 }).reduce((p: number) => p * b2, 1));
      w[i] = w[i]! * (1 - learningRate * decay) - (learningRate * mHat) / (Math.sqrt(vHat) + 1e-8);
    });
    return w[0]!;
  });
}

describe('optimisers', () => {
  for (const weightDecay of [0, 0.3])
    it(`adam follows the published algorithm (decay ${weightDecay})`, () => {
      const [ours, reference] = [trajectory({ weightDecay }, 30, 0.05), adamReference(30, 0.05, weightDecay)];
      ours.forEach((value, t) => expect(value, `step ${t}`).to.be.closeTo(reference[t]!, 1e-5));
    });

  it('sgd steps down the gradient', () => {
    // Gradient of (2 w + b - 3)² in w at (0.5, -0.25) is 4 (1 - 0.25 - 3) = -9.
    expect(trajectory({ optimiser: 'sgd' }, 1, 0.01)[0]).to.be.closeTo(0.5 + 0.09, 1e-6);
    expect(trajectory({ optimiser: 'sgd', weightDecay: 1 }, 1, 0.01)[0]).to.be.closeTo(0.495 + 0.09, 1e-6);
  });
});
