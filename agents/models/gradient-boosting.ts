import { z } from 'zod';
import type { Stream } from '../../core/random.js';
import { field } from '../../core/scenario/field.js';
import { architecture } from './architecture.js';
import { directCohort, tensor, type Rows } from './direct-cohort.js';
import { bin, consult, growFlops, growTree, treeAt, treeLength, type TreeOptions } from './histogram-tree.js';
import { treeOptions } from './tree-options.js';

interface Boosting extends TreeOptions {
  readonly trees: number;
  readonly shrinkage: number;
  readonly voters: number;
}

/** Numbers of one whole sequence of trees: what one voter says. */
const voterLength = ({ trees, depth }: Boosting): number => trees * treeLength(depth);

const voter = (state: Float64Array, options: Boosting, v: number): Float64Array =>
  state.subarray(v * voterLength(options), (v + 1) * voterLength(options));

/** Grows tree after tree on what the trees before leave unexplained, and returns the rest. */
function boost(sequence: Float64Array, options: Boosting, rows: Rows, stream: Stream): Float64Array {
  const { trees, depth, shrinkage } = options;
  const data = bin(rows);
  const rest = Float64Array.from(rows.targets);
  const all = Int32Array.from({ length: rows.count }, (_, row) => row);
  for (let i = 0; i < trees; i++) {
    const tree = treeAt(sequence, depth, i);
    growTree(data, rest, all, options, stream, tree);
    for (let j = 2 * ((1 << depth) - 1); j < tree.length; j++) tree[j]! *= shrinkage;
    for (let row = 0; row < rows.count; row++)
      rest[row]! -= consult(tree, depth, rows.inputs, row * rows.width);
  }
  return rest;
}

const meanSquare = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value ** 2, 0) / Math.max(1, values.length);

/** Mean squared rest, of what was learned and of what happened. */
const restsOf = (rest: Float64Array, { targets, outcomes }: Rows) => ({
  loss: meanSquare(rest),
  errorVariance: meanSquare(rest.map((value, row) => value + (outcomes[row]! - targets[row]!))),
});

/** Refits one sequence, and puts it in every voter's place: what one institution has learned is one opinion. */
function refit(state: Float64Array, options: Boosting, rows: Rows, stream: Stream) {
  const own = voter(state, options, 0);
  const rest = boost(own, options, rows, stream);
  for (let v = 1; v < options.voters; v++) voter(state, options, v).set(own);
  return restsOf(rest, rows);
}

/** What each voter says of a row: the sum of its trees. */
function vote(state: Float64Array, options: Boosting, row: Float32Array) {
  let [sum, square] = [0, 0];
  for (let v = 0; v < options.voters; v++) {
    let said = 0;
    for (let i = 0; i < options.trees; i++)
      said += consult(treeAt(voter(state, options, v), options.depth, i), options.depth, row, 0);
    sum += said;
    square += said ** 2;
  }
  const mean = sum / options.voters;
  return { mean, variance: Math.max(0, square / options.voters - mean ** 2) };
}

/** Gradient-boosted trees. A sequence of them is one voter, a block of the parameters: a federation takes its i-th voter
 * whole from any member, and its forecast is the voters' mean. */
export const gradientBoosting = architecture({
  summary:
    'Gradient-boosted histogram trees, refitted to all rows each round; a federation is a vote of members',
  source:
    'Friedman 2001, Annals of Statistics 29(5); federated by vote: Breiman 1996, Bagging Predictors, over institutions',
  interpretability: 'black-box',
  uncertainty: 'spread of the voters, and root mean square of what the trees leave unexplained in training',
  federates: 'vote',
  learns: 'by refitting',
  options: z.strictObject({
    ...treeOptions(3, 1),
    shrinkage: field(z.number().gt(0).max(1).default(0.1), 'Share of each tree that is taken', 'share'),
    voters: field(
      z.int().min(1).max(100).default(5),
      'Whole models of members, drawn by their examples, whose mean a federation forecasts',
      'count',
    ),
  }),
  create: ({ features, window }, options, size) => {
    const length = options.voters * voterLength(options);
    const grown = growFlops(features * window, options);
    return directCohort(
      {
        architecture: 'gradient-boosting',
        rowWidth: features * window,
        tensors: [
          tensor('trees', options.voters * options.trees, treeLength(options.depth)),
          tensor('error variance'),
        ],
        parameterCount: length,
        blocks: options.voters,
        flopsPerForecast: options.voters * options.trees * (options.depth + 1),
        refit: {
          ...grown,
          flops: options.trees * (grown.flops + (1 << options.depth)),
          flopsPerRow: options.trees * (grown.flopsPerRow + options.depth + 1) + 2,
        },
        initial: (state) => void (state[length] = 1),
        fit: (state, rows, stream) => {
          const { loss, errorVariance } = refit(state, options, rows, stream);
          state[length] = errorVariance;
          return loss;
        },
        forecast: (state, row) => {
          const { mean, variance } = vote(state, options, row);
          return { mean, stdDev: Math.sqrt(variance + state[length]!) };
        },
      },
      size,
    );
  },
});
