import { dot } from '../../core/numeric.js';
import { scaledCholesky } from '../../core/scaled-cholesky.js';

type Columns = readonly Float64Array[];

export interface Regression {
  readonly coefficients: Float64Array;
  readonly residuals: Float64Array;
  /** (X'X)⁻¹, flat (p,p). */
  readonly inverseGram: Float64Array;
}

/** Inner products of every pair of columns, flat (p,p). */
export const gram = (columns: Columns): Float64Array =>
  Float64Array.from(columns.flatMap((a) => columns.map((b) => dot(a, b))));

const unit = (n: number, at: number): Float64Array => Float64Array.from({ length: n }, (_, i) => +(i === at));

/** Ordinary least squares; null where the columns are collinear.
 * @formula b = (X'X)⁻¹X'y
 * @shape   columns p of (T), the constant among them if wanted; y (T)
 */
export function leastSquares(columns: Columns, y: Float64Array): Regression | null {
  const p = columns.length;
  const factored = scaledCholesky(gram(columns), p);
  if (factored === null) return null;
  const coefficients = factored.solve(columns.map((column) => dot(column, y)));
  const inverse = columns.flatMap((_, i) => Array.from(factored.solve(unit(p, i))));
  return {
    coefficients,
    residuals: y.map((value, t) => columns.reduce((rest, x, j) => rest - coefficients[j]! * x[t]!, value)),
    inverseGram: Float64Array.from(inverse),
  };
}

/** Ordinary t statistics: homoskedastic, s² = RSS/(T − p). */
export function ordinaryT({ coefficients, residuals, inverseGram }: Regression): number[] {
  const p = coefficients.length;
  const variance = dot(residuals, residuals) / (residuals.length - p);
  return Array.from(coefficients, (b, j) => b / Math.sqrt(variance * inverseGram[j * p + j]!));
}

/** Newey-West t statistics: robust to heteroskedasticity and to correlation up to `lags`.
 * @formula V = (X'X)⁻¹ [Γ₀ + Σ_{l≤L} (1 − l/(L+1)) (Γ_l + Γ_l')] (X'X)⁻¹, Γ_l = Σ_t e_t e_{t−l} x_t x_{t−l}'
 * @source  Newey & West 1987, Econometrica 55(3)
 * @pitfall Bartlett weights, no small-sample correction
 */
export function neweyWestT(columns: Columns, regression: Regression, lags: number): number[] {
  const { coefficients, residuals, inverseGram } = regression;
  const p = coefficients.length;
  const influence = (j: number, t: number): number =>
    columns.reduce((sum, x, i) => sum + inverseGram[j * p + i]! * x[t]!, 0) * residuals[t]!;
  return Array.from(coefficients, (b, j) => {
    const score = residuals.map((_, t) => influence(j, t));
    return b / Math.sqrt(longRunSum(score, lags));
  });
}

/** Σ_t s_t² + 2 Σ_l (1 − l/(L+1)) Σ_t s_t s_{t−l}: never negative. */
function longRunSum(score: Float64Array, lags: number): number {
  let total = dot(score, score);
  for (let lag = 1; lag <= lags; lag++) {
    const covariance = dot(score.subarray(lag), score.subarray(0, -lag));
    total += 2 * (1 - lag / (lags + 1)) * covariance;
  }
  return total;
}
