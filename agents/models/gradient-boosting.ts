import { z } from 'zod';
import type { Stream } from '../../core/random.js';
import { field } from '../../core/scenario/field.js';
import { architecture } from './architecture.js';
import { directCohort, type Rows } from './direct-cohort.js';
import { bin, consult, growTree, treeAt, treeLength, type TreeOptions } from './histogram-tree.js';
import { treeOptions } from './tree-options.js';

interface Boosting extends TreeOptions {
  readonly trees: number;
  readonly shrinkage: number;
}

/** Grows tree after tree on what the trees before leave unexplained; returns the mean squared rest. */
function boost(state: Float64Array, options: Boosting, rows: Rows, stream: Stream): number {
  const { trees, depth, shrinkage } = options;
  const data = bin(rows);
  const rest = Float64Array.from(rows.targets);
  const all = Int32Array.from({ length: rows.count }, (_, row) => row);
  for (let i = 0; i < trees; i++) {
    const tree = treeAt(state, options.depth, i);
    growTree(data, rest, all, options, stream, tree);
    for (let j = 2 * ((1 << depth) - 1); j < tree.length; j++) tree[j]! *= shrinkage;
    for (let row = 0; row < rows.count; row++)
      rest[row]! -= consult(tree, depth, rows.inputs, row * rows.width);
  }
  return rest.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, rows.count);
}

/** Gradient-boosted trees. */
export const gradientBoosting = architecture({
  summary: 'Gradient-boosted histogram trees, refitted to all rows each round',
  source: 'Friedman 2001, Annals of Statistics 29(5)',
  interpretability: 'black-box',
  uncertainty: 'root mean square of what the trees leave unexplained in training',
  federates: 'vote',
  learns: 'by refitting',
  options: z.strictObject({
    ...treeOptions(3, 1),
    shrinkage: field(z.number().gt(0).max(1).default(0.1), 'Share of each tree that is taken', 'share'),
  }),
  create: ({ features, window }, options, size) => {
    const length = options.trees * treeLength(options.depth);
    const trees = Array.from({ length: options.trees }, (_, i) => i);
    return directCohort(
      {
        architecture: 'gradient-boosting',
        rowWidth: features * window,
        stateLength: length + 1,
        parameterCount: length,
        blocks: options.trees,
        flopsPerForecast: options.trees * (options.depth + 1),
        flopsPerFit: (rows) => 2 * options.trees * options.depth * rows * features * window,
        initial: (state) => void (state[length] = 1),
        fit: (state, rows, stream) => (state[length] = boost(state, options, rows, stream)),
        forecast: (state, row) => ({
          mean: trees.reduce(
            (sum, i) => sum + consult(treeAt(state, options.depth, i), options.depth, row, 0),
            0,
          ),
          stdDev: Math.sqrt(state[length]!),
        }),
      },
      size,
    );
  },
});
