import { z } from 'zod';
import { lookbackOption } from './lookback.js';
import { log } from '../../core/numeric.js';
import { architecture } from './architecture.js';
import { directCohort, tensor, type Rows } from './direct-cohort.js';
import { checkReturnFeature, returnColumns, returnFeatureOption } from './return-feature.js';

/** Share of the latest squared return, share of the last variance; the rest is the long-run variance. */
type Weights = readonly [alpha: number, beta: number];

/** Variance of the day after the window, in units of the long-run variance. */
function variance(
  [alpha, beta]: Weights,
  returns: ArrayLike<number>,
  at: number,
  n: number,
  longRun: number,
): number {
  let ratio = 1;
  for (let day = 0; day < n; day++)
    ratio = 1 - alpha - beta + (alpha * returns[at + day]! ** 2) / longRun + beta * ratio;
  return ratio;
}

interface Past {
  readonly returns: Float64Array;
  readonly targets: Float32Array;
  readonly n: number;
  readonly longRun: number;
  readonly targetVariance: number;
}

const meanSquare = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! ** 2;
  return values.length > 0 && sum > 0 ? sum / values.length : 1;
};

function pastOf(columns: readonly number[], { inputs, outcomes, width, count }: Rows): Past {
  const n = columns.length;
  const returns = new Float64Array(count * n);
  for (let row = 0; row < count; row++)
    columns.forEach((column, day) => (returns[row * n + day] = inputs[row * width + column]!));
  return {
    returns,
    targets: outcomes,
    n,
    longRun: meanSquare(returns),
    targetVariance: meanSquare(outcomes),
  };
}

/** Mean negative log likelihood of the targets, less the constant. */
function loss(weights: Weights, { returns, targets, n, longRun, targetVariance }: Past): number {
  let sum = 0;
  for (let row = 0; row < targets.length; row++) {
    const v = targetVariance * variance(weights, returns, row * n, n, longRun);
    sum += 0.5 * (log(v) + targets[row]! ** 2 / v);
  }
  return targets.length > 0 ? sum / targets.length : 0;
}

const STEPS = 10;

/** Weights on a grid between two corners, those that have a long-run variance. */
function grid([fromA, fromB]: Weights, [toA, toB]: Weights): Weights[] {
  const pairs: Weights[] = [];
  for (let i = 0; i <= STEPS; i++)
    for (let j = 0; j <= STEPS; j++) {
      const [alpha, beta] = [fromA + ((toA - fromA) * i) / STEPS, fromB + ((toB - fromB) * j) / STEPS];
      if (alpha + beta < 0.999) pairs.push([alpha, beta]);
    }
  return pairs;
}

const coarse = grid([0, 0], [0.5, 0.99]);

/** The best weights on a grid between two corners; ties go to the first. */
function best(past: Past, from: Weights, pairs: readonly Weights[]): Weights {
  let winner = from;
  let least = Number.POSITIVE_INFINITY;
  for (const weights of pairs) {
    const value = loss(weights, past);
    if (value < least) [winner, least] = [weights, value];
  }
  return winner;
}

/** A coarse grid, then a fine one around its best. */
function estimate(past: Past): Weights {
  const [alpha, beta] = best(past, [0, 0], coarse);
  const from: Weights = [Math.max(0, alpha - 0.05), Math.max(0, beta - 0.1)];
  return best(past, from, grid(from, [alpha + 0.05, Math.min(0.99, beta + 0.1)]));
}

/** Likelihoods of a refit: those of the coarse grid, of the whole fine one, which near an edge has fewer, and of its
 * winner once more. */
const LIKELIHOODS = coarse.length + (STEPS + 1) ** 2 + 1;

/** Volatility forecast; the mean forecast is 0. */
export const garchForecast = architecture({
  summary: 'GARCH(1,1) volatility from the window, fitted by likelihood; forecasts no drift',
  source: 'Bollerslev 1986, Journal of Econometrics 31(3)',
  interpretability: 'white-box',
  uncertainty: 'conditional deviation of the GARCH recursion',
  federates: 'average',
  learns: 'by refitting',
  isMeanFixed: true,
  check: checkReturnFeature,
  options: z.strictObject({ ...returnFeatureOption, ...lookbackOption(20) }),
  create: (shape, { returnFeature }, size) => {
    const columns = returnColumns(shape, returnFeature);
    const n = columns.length;
    return directCohort(
      {
        architecture: 'garch-forecast',
        rowWidth: shape.features * shape.window,
        tensors: ['alpha', 'beta', 'long-run variance', 'target variance'].map((name) => tensor(name)),
        parameterCount: 4,
        flopsPerForecast: 7 * n,
        refit: { flops: 0, flopsPerRow: LIKELIHOODS * (7 * n + 60) + 2 * n + 2, isMost: true },
        initial: (state) => state.set([0.1, 0.8, 1, 1]),
        fit: (state, rows) => {
          const past = pastOf(columns, rows);
          const weights = estimate(past);
          state.set([...weights, past.longRun, past.targetVariance]);
          return loss(weights, past);
        },
        forecast: ([alpha, beta, longRun, scale], row) => {
          const returns = columns.map((column) => row[column]!);
          const ratio = variance([alpha!, beta!], returns, 0, n, longRun!);
          return { mean: 0, stdDev: Math.sqrt(scale! * ratio) };
        },
      },
      size,
    );
  },
});
