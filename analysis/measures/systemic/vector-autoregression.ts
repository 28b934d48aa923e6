import { fromRows } from '../../../core/linear.js';
import { dot, mean } from '../../../core/numeric.js';
import { gram } from '../regression.js';
import { scaledCholesky } from '../../../core/scaled-cholesky.js';

type Rows = readonly (readonly number[])[];

export interface VectorAutoregression {
  /** One flat (k,k) matrix a lag, equation in row. */
  readonly coefficients: readonly Float64Array[];
  /** Of the residuals, flat (k,k), with T − lags. */
  readonly covariance: Float64Array;
}

/** Column j of the rows from `start` on, less its own mean: which is what a constant does to a regression. */
function demeaned(rows: Rows, j: number, start: number, length: number): Float64Array {
  const column = Float64Array.from({ length }, (_, t) => rows[start + t]![j]!);
  const centre = mean(column);
  return column.map((value) => value - centre);
}

/** VAR(p) with a constant by least squares, equation by equation; null where regressors are collinear.
 * @formula y_t = c + Σ_l A_l y_{t−l} + e_t
 * @shape   rows (T,k), T > k·lags + 1 + lags
 */
export function vectorAutoregression(rows: Rows, lags: number): VectorAutoregression | null {
  const [k, length] = [rows[0]!.length, rows.length - lags];
  const columnsAt = (lag: number): Float64Array[] =>
    rows[0]!.map((_, j) => demeaned(rows, j, lags - lag, length));
  const regressors = Array.from({ length: lags }, (_, l) => columnsAt(l + 1)).flat();
  const targets = columnsAt(0);
  const factored = scaledCholesky(gram(regressors), regressors.length);
  if (factored === null) return null;
  const equations = targets.map((y) => factored.solve(regressors.map((x) => dot(x, y))));
  const residuals = targets.map((y, i) => {
    const fitted = equations[i]!;
    return y.map((value, t) => regressors.reduce((rest, x, j) => rest - fitted[j]! * x[t]!, value));
  });
  return {
    coefficients: Array.from({ length: lags }, (_, l) =>
      fromRows(equations.map((row) => row.subarray(l * k, (l + 1) * k))),
    ),
    covariance: gram(residuals).map((value) => value / length),
  };
}
