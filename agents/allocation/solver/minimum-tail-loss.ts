import { NotConverged, type Solved } from '../../../core/not-converged.js';
import type { ReturnHistory } from '../view.js';
import { concatenate } from './concatenate.js';
import type { Constraints, LinearRows } from './constraint-table.js';
import { proximalProgram } from './proximal.js';

interface Tail {
  readonly loss: number;
  /** Loss per unit of each weight, averaged over the same days (k). */
  readonly slope: Float64Array;
}

const longest = 1000;

/** The weights with the least mean loss over the worst days, by cutting planes: the mean loss over any fixed set of
 * days is a lower bound, and each iterate's own worst days add the bound that it violates.
 * @formula min t  s.t.  t ≥ slopeₘ·w for every set of days met, w within its constraints
 * @shape   R (T,k); `days` worst days, not necessarily whole; result (k)
 * @range   residual: tail loss above its lower bound, relative
 * @source  Künzi-Bay & Mayer 2006, Computational Management Science 3(1)
 */
export function minimumTailLoss(
  history: ReturnHistory,
  days: number,
  constraints: Constraints,
): Solved<Float64Array> {
  const k = constraints.lower.length;
  const slopes = [averageTail(history)];
  let residual = Infinity;
  for (let iterations = 1; iterations <= longest; iterations++) {
    const { weights, bound } = leastBound(slopes, constraints, k);
    const tail = tailOf(history, weights, days);
    residual = (tail.loss - bound) / Math.max(1e-12, Math.abs(tail.loss));
    if (residual <= 1e-10) return { value: weights, iterations, residual };
    slopes.push(tail.slope);
  }
  throw new NotConverged('minimum tail loss', longest, residual);
}

/** Loss per unit of weight over all days. */
function averageTail({ rows, values }: ReturnHistory): Float64Array {
  const k = values.length / rows;
  const slope = new Float64Array(k);
  values.forEach((value, at) => (slope[at % k]! -= value / rows));
  return slope;
}

/** Mean loss over the worst days, the last of which may count in part. */
function tailOf({ rows, values }: ReturnHistory, weights: Float64Array, days: number): Tail {
  const k = weights.length;
  const returns = Float64Array.from({ length: rows }, (_, t) => {
    let total = 0;
    for (let i = 0; i < k; i++) total += values[t * k + i]! * weights[i]!;
    return total;
  });
  const worstFirst = Array.from(returns.keys()).sort((a, b) => returns[a]! - returns[b]! || a - b);
  const slope = new Float64Array(k);
  let loss = 0;
  for (let n = 0; n < days; n++) {
    const share = Math.min(1, days - n) / days;
    const t = worstFirst[n]!;
    loss -= share * returns[t]!;
    for (let i = 0; i < k; i++) slope[i]! -= share * values[t * k + i]!;
  }
  return { loss, slope };
}

/** min t over (w, t) above every plane. */
function leastBound(
  slopes: readonly Float64Array[],
  { equalities, inequalities, lower, upper }: Constraints,
  k: number,
): { weights: Float64Array; bound: number } {
  const size = Math.max(...slopes.flatMap((slope) => Array.from(slope, Math.abs)));
  const linear = new Float64Array(k + 1);
  linear[k] = 1;
  const problem = {
    hessian: new Float64Array((k + 1) ** 2),
    linear,
    equalities: widened(equalities, k, []),
    inequalities: widened(inequalities, k, slopes),
    lower: concatenate([lower, Float64Array.of(-Infinity)]),
    upper: concatenate([upper, Float64Array.of(Infinity)]),
  };
  const { value } = proximalProgram(problem, 0.1 * size);
  return { weights: value.slice(0, k), bound: value[k]! };
}

/** Rows on w as rows on (w, t), and below them t − slope·w ≥ 0. */
function widened(
  { coefficients, bounds }: LinearRows,
  k: number,
  slopes: readonly Float64Array[],
): LinearRows {
  const rows = bounds.length;
  const wide = new Float64Array((rows + slopes.length) * (k + 1));
  for (let r = 0; r < rows; r++) wide.set(coefficients.subarray(r * k, (r + 1) * k), r * (k + 1));
  slopes.forEach((slope, s) => {
    const at = (rows + s) * (k + 1);
    slope.forEach((value, i) => (wide[at + i] = -value));
    wide[at + k] = 1;
  });
  const wideBounds = new Float64Array(rows + slopes.length);
  wideBounds.set(bounds);
  return { coefficients: wide, bounds: wideBounds };
}
