import { z } from 'zod';
import type { Stream } from '../../core/random.js';
import { architecture } from './architecture.js';
import { directCohort, tensor, type Rows } from './direct-cohort.js';
import { bin, consult, growFlops, growTree, treeAt, treeLength, type TreeOptions } from './histogram-tree.js';
import { treeOptions } from './tree-options.js';

interface Forest extends TreeOptions {
  readonly trees: number;
}

/** Mean and deviation of the trees' answers. */
function opinions(state: Float64Array, options: Forest, row: ArrayLike<number>, at: number) {
  const { trees, depth } = options;
  let [sum, square] = [0, 0];
  for (let i = 0; i < trees; i++) {
    const answer = consult(treeAt(state, options.depth, i), depth, row, at);
    sum += answer;
    square += answer ** 2;
  }
  return { mean: sum / trees, variance: Math.max(0, square / trees - (sum / trees) ** 2) };
}

/** Grows every tree on rows drawn with replacement; returns the forest's mean squared error on what was learned, and on
 * what happened. */
function plant(state: Float64Array, options: Forest, rows: Rows, stream: Stream) {
  const data = bin(rows);
  const targets = Float64Array.from(rows.targets);
  for (let i = 0; i < options.trees; i++) {
    const drawn = Int32Array.from({ length: rows.count }, () => stream.integer(rows.count));
    growTree(data, targets, drawn, options, stream, treeAt(state, options.depth, i));
  }
  const answers = targets.map((_, row) => opinions(state, options, rows.inputs, row * rows.width).mean);
  const meanSquare = (of: ArrayLike<number>) =>
    answers.reduce((sum, answer, row) => sum + (of[row]! - answer) ** 2, 0) / Math.max(1, rows.count);
  return { loss: meanSquare(targets), errorVariance: meanSquare(rows.outcomes) };
}

/** Random forest. Trees are equal blocks of the parameters: a bagged federation takes its i-th tree from any member. */
export const randomForest = architecture({
  summary: 'Random forest of histogram trees, replanted on all rows each round',
  source: 'Breiman 2001, Machine Learning 45(1)',
  interpretability: 'black-box',
  uncertainty: 'spread of the trees, and root mean square of the errors in training',
  federates: 'bagging',
  learns: 'by refitting',
  options: z.strictObject(treeOptions(6, 0.5)),
  create: ({ features, window }, options, size) => {
    const length = options.trees * treeLength(options.depth);
    const grown = growFlops(features * window, options);
    return directCohort(
      {
        architecture: 'random-forest',
        rowWidth: features * window,
        tensors: [tensor('trees', options.trees, treeLength(options.depth)), tensor('error variance')],
        parameterCount: length,
        blocks: options.trees,
        flopsPerForecast: options.trees * (options.depth + 3),
        refit: {
          ...grown,
          flops: options.trees * grown.flops,
          flopsPerRow: options.trees * (grown.flopsPerRow + options.depth + 3) + 3,
        },
        initial: (state) => void (state[length] = 1),
        fit: (state, rows, stream) => {
          const { loss, errorVariance } = plant(state, options, rows, stream);
          state[length] = errorVariance;
          return loss;
        },
        forecast: (state, row) => {
          const { mean, variance } = opinions(state, options, row, 0);
          return { mean, stdDev: Math.sqrt(variance + state[length]!) };
        },
      },
      size,
    );
  },
});
