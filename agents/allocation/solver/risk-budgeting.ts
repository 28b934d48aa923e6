import { NotConverged, type Solved } from '../../../core/not-converged.js';

const tolerance = 1e-12;
const longest = 20000;

/** Holdings whose contributions to variance are the budgets, by cyclical coordinate descent: each coordinate
 * has a closed form, and a sweep costs one product with Σ.
 * @formula argmin ½x′Σx − Σ bᵢ ln xᵢ;  xᵢ ← (−cᵢ + √(cᵢ² + 4Σᵢᵢbᵢ)) / 2Σᵢᵢ, cᵢ = Σ_{j≠i} Σᵢⱼxⱼ
 * @shape   Σ (k,k) row-major, b (k) positive; result (k), not normalised
 * @range   residual: largest |xᵢ(Σx)ᵢ − bᵢ| / bᵢ
 * @source  Spinu 2013, SSRN 2297383; Griveau-Billion, Richard & Roncalli 2013, SSRN 2325255
 */
export function riskBudgeting(covariance: Float64Array, budgets: Float64Array): Solved<Float64Array> {
  const k = budgets.length;
  const x = budgets.map((budget, i) => Math.sqrt(budget / covariance[i * k + i]!));
  const marginal = new Float64Array(k);
  let residual = Infinity;
  for (let iterations = 1; iterations <= longest; iterations++) {
    if (iterations % 16 === 1) refresh(marginal, covariance, x);
    sweep(covariance, budgets, x, marginal);
    residual = imbalance(budgets, x, marginal);
    if (residual <= tolerance) {
      refresh(marginal, covariance, x);
      return { value: x, iterations, residual: imbalance(budgets, x, marginal) };
    }
  }
  throw new NotConverged('risk budgeting', longest, residual);
}

/** Σx anew, so that the rounding of many updates does not pile up. */
function refresh(marginal: Float64Array, covariance: Float64Array, x: Float64Array): void {
  const k = x.length;
  for (let i = 0, at = 0; i < k; i++) {
    let total = 0;
    for (let j = 0; j < k; j++, at++) total += covariance[at]! * x[j]!;
    marginal[i] = total;
  }
}

function sweep(
  covariance: Float64Array,
  budgets: Float64Array,
  x: Float64Array,
  marginal: Float64Array,
): void {
  const k = x.length;
  for (let i = 0; i < k; i++) {
    const variance = covariance[i * k + i]!;
    const others = marginal[i]! - variance * x[i]!;
    const root = Math.sqrt(others * others + 4 * variance * budgets[i]!);
    const next = others > 0 ? (2 * budgets[i]!) / (others + root) : (root - others) / (2 * variance);
    const change = next - x[i]!;
    x[i] = next;
    for (let j = 0, at = i * k; j < k; j++, at++) marginal[j]! += change * covariance[at]!;
  }
}

function imbalance(budgets: Float64Array, x: Float64Array, marginal: Float64Array): number {
  let worst = 0;
  for (let i = 0; i < x.length; i++)
    worst = Math.max(worst, Math.abs(x[i]! * marginal[i]! - budgets[i]!) / budgets[i]!);
  return worst;
}
