import { cholesky, choleskySolve, inverse, NotPositiveDefinite, Singular } from '../../core/linear.js';
import { NonFinite } from '../learning/non-finite.js';
import { tensor, type DirectModel, type Rows } from './direct-cohort.js';

/** Bayesian regression on some columns of the row, and a constant.
 * The state holds the posterior mean, the posterior covariance over the noise variance, and the noise variance.
 */
export interface Regression {
  readonly architecture: string;
  readonly rowWidth: number;
  /** Columns of the row that explain the target. */
  readonly columns: readonly number[];
  /** Precision of the weights' prior about 0, in units of the noise: a ridge of that strength. */
  readonly priorPrecision: number;
}

/** Shape and scale of the noise variance's inverse-gamma prior: weak, with mean 1. */
const SHAPE = 2;
const SCALE = 1;

function explain({ columns }: Regression, row: ArrayLike<number>, at: number, into: Float64Array): void {
  columns.forEach((column, i) => (into[i] = row[at + column]!));
  into[columns.length] = 1;
}

/** Sum of x x' over all rows, plus the prior. */
function precisionOf(regression: Regression, { inputs, width, count }: Rows, n: number): Float64Array {
  const [precision, x] = [new Float64Array(n * n), new Float64Array(n)];
  for (let i = 0; i < n; i++) precision[i * n + i] = regression.priorPrecision;
  for (let row = 0; row < count; row++) {
    explain(regression, inputs, row * width, x);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) precision[i * n + j]! += x[i]! * x[j]!;
  }
  return precision;
}

/** Sums of x y and y y over all rows. */
function momentsOf(regression: Regression, { inputs, width }: Rows, y: Float32Array, n: number) {
  const [cross, x] = [new Float64Array(n), new Float64Array(n)];
  let square = 0;
  y.forEach((value, row) => {
    explain(regression, inputs, row * width, x);
    square += value * value;
    for (let i = 0; i < n; i++) cross[i]! += x[i]! * value;
  });
  return { cross, square };
}

const product = (a: Float64Array, b: Float64Array): number =>
  a.reduce((total, value, i) => total + value * b[i]!, 0);

/** Weights and covariance of the posterior. A prior too weak to tell apart what the rows do not leaves neither in working
 * precision. */
function posterior({ architecture }: Regression, precision: Float64Array, cross: Float64Array, n: number) {
  try {
    return {
      weights: choleskySolve(cholesky(precision, n), n, cross),
      covariance: inverse(precision, n),
    };
  } catch (error) {
    const unsolvable = error instanceof NotPositiveDefinite || error instanceof Singular;
    throw unsolvable ? new NonFinite(architecture, 'inverse of the precision') : error;
  }
}

function fit(regression: Regression, n: number, state: Float64Array, rows: Rows): number {
  const precision = precisionOf(regression, rows, n);
  const learned = momentsOf(regression, rows, rows.targets, n);
  const happened = rows.outcomes === rows.targets ? learned : momentsOf(regression, rows, rows.outcomes, n);
  const { weights, covariance } = posterior(regression, precision, learned.cross, n);
  const explained = product(weights, learned.cross);
  // |o - Xw|² + λ |w|² by the normal equations, o what happened: y'y - w'X'y where that is what was learned.
  const unexplained = happened.square - (2 * product(weights, happened.cross) - explained);
  const scale = SCALE + unexplained / 2;
  state.set(weights);
  state.set(covariance, n);
  state[n + n * n] = scale / (SHAPE + rows.count / 2 - 1);
  return rows.count === 0 ? 0 : (learned.square - explained) / rows.count;
}

function forecast(regression: Regression, n: number, state: Float64Array, row: Float32Array) {
  const x = new Float64Array(n);
  explain(regression, row, 0, x);
  let [mean, spread] = [0, 1];
  for (let i = 0; i < n; i++) {
    mean += state[i]! * x[i]!;
    for (let j = 0; j < n; j++) spread += x[i]! * state[n + i * n + j]! * x[j]!;
  }
  return { mean, stdDev: Math.sqrt(state[n + n * n]! * spread) };
}

/** Conjugate normal regression with unknown noise: the whole posterior, refitted to all rows.
 * @formula w | y ~ N((λI + X'X)⁻¹ X'y, σ² (λI + X'X)⁻¹); forecast variance σ² (1 + x'(λI + X'X)⁻¹ x)
 * @pitfall under a teacher y is what it teaches, and σ² still that of what happened around Xw
 * @source  Bishop 2006, Pattern Recognition and Machine Learning, section 3.3
 */
export function conjugateRegression(regression: Regression): DirectModel {
  const n = regression.columns.length + 1;
  return {
    architecture: regression.architecture,
    rowWidth: regression.rowWidth,
    tensors: [tensor('weights', 1, n), tensor('posterior covariance', n, n), tensor('noise variance')],
    parameterCount: n,
    flopsPerForecast: 2 * n + 4 * n * n,
    refit: { flops: 3 * n ** 3, flopsPerRow: 2 + 2 * n + 2 * n * n },
    initial: (state) => {
      for (let i = 0; i < n; i++) state[n + i * n + i] = 1 / regression.priorPrecision;
      state[n + n * n] = SCALE / (SHAPE - 1);
    },
    fit: (state, rows) => fit(regression, n, state, rows),
    forecast: (state, row) => forecast(regression, n, state, row),
  };
}
