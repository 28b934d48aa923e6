import { cholesky, choleskySolve, inverse } from '../../core/linear.js';
import type { DirectModel, Rows } from './direct-cohort.js';

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

/** Sums of x x', x y and y y over all rows, plus the prior. */
function moments(regression: Regression, rows: Rows, n: number) {
  const [precision, cross, x] = [new Float64Array(n * n), new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) precision[i * n + i] = regression.priorPrecision;
  let square = 0;
  for (let row = 0; row < rows.count; row++) {
    explain(regression, rows.inputs, row * rows.width, x);
    const y = rows.targets[row]!;
    square += y * y;
    for (let i = 0; i < n; i++) {
      cross[i]! += x[i]! * y;
      for (let j = 0; j < n; j++) precision[i * n + j]! += x[i]! * x[j]!;
    }
  }
  return { precision, cross, square };
}

function fit(regression: Regression, n: number, state: Float64Array, rows: Rows): number {
  const { precision, cross, square } = moments(regression, rows, n);
  const weights = choleskySolve(cholesky(precision, n), n, cross);
  const explained = weights.reduce((total, weight, i) => total + weight * cross[i]!, 0);
  const scale = SCALE + (square - explained) / 2;
  state.set(weights);
  state.set(inverse(precision, n), n);
  state[n + n * n] = scale / (SHAPE + rows.count / 2 - 1);
  return rows.count === 0 ? 0 : (square - explained) / rows.count;
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
 * @source  Bishop 2006, Pattern Recognition and Machine Learning, section 3.3
 */
export function conjugateRegression(regression: Regression): DirectModel {
  const n = regression.columns.length + 1;
  return {
    architecture: regression.architecture,
    rowWidth: regression.rowWidth,
    stateLength: n + n * n + 1,
    parameterCount: n,
    flopsPerForecast: 2 * n + 4 * n * n,
    flopsPerFit: (rows) => 2 * rows * n * (n + 1) + 3 * n ** 3,
    initial: (state) => {
      for (let i = 0; i < n; i++) state[n + i * n + i] = 1 / regression.priorPrecision;
      state[n + n * n] = SCALE / (SHAPE - 1);
    },
    fit: (state, rows) => fit(regression, n, state, rows),
    forecast: (state, row) => forecast(regression, n, state, row),
  };
}
