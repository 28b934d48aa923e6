import { stream, type Stream } from '../../../core/random.js';
import type { Cohort, Samples } from '../../../agents/learning/cohort.js';

/** A supervised task: rows of inputs and what is to be forecast. */
export interface Task {
  readonly width: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

export const drawsFor = (purpose: string, seed = 11): Stream => stream({ seed, purpose });

/** Rows of standard normal inputs (or as `draw` says), and targets computed from them. */
export function taskOf(
  purpose: string,
  rows: number,
  width: number,
  target: (row: Float32Array, draws: Stream) => number,
  draw: (draws: Stream, column: number) => number = (draws) => draws.normal(),
): Task {
  const draws = drawsFor(purpose);
  const inputs = Float32Array.from({ length: rows * width }, (_, i) => draw(draws, i % width));
  const targets = Float32Array.from({ length: rows }, (_, r) =>
    target(inputs.subarray(r * width, (r + 1) * width), draws),
  );
  return { width, inputs, targets };
}

export const samplesOf = ({ width, inputs, targets }: Task): Samples => ({
  count: targets.length,
  gather: (sample, into, offset) => {
    into.set(inputs.subarray(sample * width, (sample + 1) * width), offset);
    return targets[sample]!;
  },
});

export interface Schooling {
  readonly rounds?: number;
  readonly steps?: number;
  readonly batchSize?: number;
  readonly learningRate?: number;
}

/** Initialises agent 0 and trains it on the task. */
export function school(
  cohort: Cohort,
  task: Task,
  { rounds = 20, steps = 50, batchSize = 32, learningRate = 0.01 }: Schooling = {},
): void {
  cohort.initialise(0, drawsFor('initialise'));
  const draws = drawsFor('train');
  for (let round = 0; round < rounds; round++)
    cohort.train(0, { samples: samplesOf(task), steps, batchSize, learningRate, stream: draws });
}

/** Share of the targets' variance about zero that the forecasts explain: 1 perfect, 0 no better than zero. */
export function skill(cohort: Cohort, { inputs, targets }: Task): number {
  const { mean } = cohort.forecast(0, inputs, targets.length);
  let [error, total] = [0, 0];
  targets.forEach((target, i) => {
    error += (target - mean[i]!) ** 2;
    total += target ** 2;
  });
  return 1 - error / total;
}
