import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { huberLoss, meanSquaredError } from '../learning/operations/index.js';
import type { Optimiser } from '../learning/optimisers.js';
import { optimisers } from '../learning/optimisers.js';
import type { Tensor } from '../learning/tensor.js';

const losses = {
  'squared-error': () => meanSquaredError,
  huber: (delta: number) => (prediction: Tensor, target: Tensor) => huberLoss(prediction, target, delta),
} satisfies Record<string, (delta: number) => (prediction: Tensor, target: Tensor) => Tensor>;

/** Derivative of each loss of one forecast in its error. */
const slopes = {
  'squared-error': () => (error: number) => 2 * error,
  huber: (delta: number) => (error: number) => Math.max(-delta, Math.min(delta, error)),
} satisfies Record<keyof typeof losses, (delta: number) => (error: number) => number>;

/** The derivative of a chosen architecture's loss; without a choice it is that of the squared error. */
export const lossSlope = (chosen: Readonly<Record<string, unknown>>): ((error: number) => number) =>
  slopes[(chosen['loss'] ?? 'squared-error') as keyof typeof slopes](Number(chosen['huberDelta']));

const names = <Key extends string>(map: Record<Key, unknown>): [Key, ...Key[]] =>
  Object.keys(map) as [Key, ...Key[]];

/** Options that every differentiable architecture has. */
const trainingOptions = {
  optimiser: field(z.enum(names(optimisers)).default('adam'), 'Rule that moves the parameters', 'name'),
  weightDecay: field(
    z.number().min(0).default(0),
    'Share of every parameter lost per unit of learning rate, apart from the gradient',
    'share per unit of learning rate',
  ),
  loss: field(z.enum(names(losses)).default('squared-error'), 'Loss of one forecast', 'name'),
  huberDelta: field(
    z.number().gt(0).default(1),
    "Error, in target deviations, beyond which Huber's loss is linear",
    'target deviations',
  ),
};

export interface TrainingOptions {
  readonly optimiser: keyof typeof optimisers;
  readonly weightDecay: number;
  readonly loss: keyof typeof losses;
  readonly huberDelta: number;
}

/** A differentiable architecture's options: those that all have, and its own. */
export const trainedOptions = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ ...trainingOptions, ...shape }).refine(
    (given) => {
      const { loss, huberDelta } = given as TrainingOptions;
      return loss === 'huber' || huberDelta === trainingOptions.huberDelta.parse(undefined);
    },
    { path: ['huberDelta'], message: 'is read with loss huber only' },
  );

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
