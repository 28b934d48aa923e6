import { z } from 'zod';
import { huberLoss, meanSquaredError } from '../learning/operations/index.js';
import type { Optimiser } from '../learning/optimisers.js';
import { optimisers } from '../learning/optimisers.js';
import type { Tensor } from '../learning/tensor.js';

const losses = {
  'squared-error': () => meanSquaredError,
  huber: (delta: number) => (prediction: Tensor, target: Tensor) => huberLoss(prediction, target, delta),
} satisfies Record<string, (delta: number) => (prediction: Tensor, target: Tensor) => Tensor>;

const names = <Key extends string>(map: Record<Key, unknown>): [Key, ...Key[]] =>
  Object.keys(map) as [Key, ...Key[]];

/** Options that every differentiable architecture has. */
export const trainingOptions = {
  optimiser: z.enum(names(optimisers)).default('adam').describe('Rule that moves the parameters'),
  weightDecay: z
    .number()
    .min(0)
    .default(0)
    .describe('Share of every parameter lost per unit of learning rate, apart from the gradient'),
  loss: z.enum(names(losses)).default('squared-error').describe('Loss of one forecast'),
  huberDelta: z
    .number()
    .gt(0)
    .default(1)
    .describe("Error, in target deviations, beyond which Huber's loss is linear"),
};

export interface TrainingOptions {
  readonly optimiser: keyof typeof optimisers;
  readonly weightDecay: number;
  readonly loss: keyof typeof losses;
  readonly huberDelta: number;
}

/** The chosen loss and optimiser. */
export function training(options: TrainingOptions): {
  readonly loss: (prediction: Tensor, target: Tensor) => Tensor;
  readonly optimiser: Optimiser;
} {
  return {
    loss: losses[options.loss](options.huberDelta),
    optimiser: optimisers[options.optimiser](options.weightDecay),
  };
}
