import { z } from 'zod';
import { nonNegative } from '../../../core/measure-input.js';
import { covariance, inverse } from '../../../core/linear.js';
import { NotConverged } from '../../../core/not-converged.js';
import { field } from '../../../core/scenario/field.js';
import { assetsOf, estimator } from './estimator.js';

/** Graphical lasso: a covariance whose inverse is sparse, so that most pairs are independent given the others.
 * @formula max ln det Θ − tr(SΘ) − α Σ_{i≠j}|Θᵢⱼ|
 * @shape   returns (T,k); S with 1/T; covariance and precision Θ (k,k)
 * @source  Friedman, Hastie & Tibshirani 2008, Biostatistics 9(3)
 * @pitfall the diagonal is not penalised: variances are the sample's
 */
export const graphicalLasso = estimator({
  summary: 'A covariance with a sparse inverse.',
  source: 'Friedman, Hastie & Tibshirani 2008, Biostatistics 9(3)',
  options: z.strictObject({
    alpha: field(
      nonNegative,
      'Penalty on the size of off-diagonal precisions, in units of covariance',
      'covariance',
    ),
  }),
  estimate: (returns, { alpha }) => {
    const k = assetsOf(returns);
    return solvePenalised(covariance(returns.values, returns.rows, k, 0), k, alpha);
  },
});

const tolerance = 1e-12;
const longest = 2000;

interface Working {
  readonly k: number;
  readonly alpha: number;
  readonly sample: Float64Array;
  /** The covariance so far; its diagonal is the sample's. */
  readonly covariance: Float64Array;
  /** Row j: regression of asset j on the others, 0 at j itself. */
  readonly coefficients: Float64Array;
}

function solvePenalised(
  sample: Float64Array,
  k: number,
  alpha: number,
): { covariance: Float64Array; precision: Float64Array } {
  if (alpha === 0) return { covariance: sample, precision: inverse(sample, k) };
  const working = { k, alpha, sample, covariance: sample.slice(), coefficients: new Float64Array(k * k) };
  for (let i = 0; i < k; i++) for (let j = 0; j < k; j++) if (i !== j) working.covariance[i * k + j]! *= 0.95;
  let change = Infinity;
  for (let iteration = 0; iteration < longest; iteration++) {
    change = 0;
    for (let j = 0; j < k; j++) change = Math.max(change, updateColumn(working, j));
    if (change <= tolerance) return { covariance: working.covariance, precision: precisionOf(working) };
  }
  throw new NotConverged('graphical lasso', longest, change);
}

/** Regresses asset j on the others under the penalty and writes its covariances; returns the largest change. */
function updateColumn(working: Working, j: number): number {
  const { k, covariance } = working;
  regress(working, j);
  let change = 0;
  for (let i = 0; i < k; i++) {
    if (i === j) continue;
    const value = fitted(working, j, i);
    const scale = Math.sqrt(covariance[i * k + i]! * covariance[j * k + j]!);
    change = Math.max(change, Math.abs(value - covariance[i * k + j]!) / scale);
    covariance[i * k + j] = value;
    covariance[j * k + i] = value;
  }
  return change;
}

/** Coordinate descent on ½β′Wβ − s′β + α|β|. */
function regress(working: Working, j: number): void {
  const { k, alpha, sample, covariance, coefficients } = working;
  for (let iteration = 0; iteration < longest; iteration++) {
    let change = 0;
    for (let i = 0; i < k; i++) {
      if (i === j) continue;
      const variance = covariance[i * k + i]!;
      const before = coefficients[j * k + i]!;
      const pull = sample[i * k + j]! - fitted(working, j, i) + variance * before;
      const after = (Math.sign(pull) * Math.max(0, Math.abs(pull) - alpha)) / variance;
      coefficients[j * k + i] = after;
      change = Math.max(change, Math.abs(after - before) * Math.sqrt(variance / covariance[j * k + j]!));
    }
    if (change <= tolerance) return;
  }
  throw new NotConverged('graphical lasso regression', longest, Infinity);
}

/** (Wβ)ᵢ of column j. */
function fitted({ k, covariance, coefficients }: Working, j: number, i: number): number {
  let total = 0;
  for (let l = 0; l < k; l++) total += covariance[i * k + l]! * coefficients[j * k + l]!;
  return total;
}

/** Θⱼⱼ = 1/(wⱼⱼ − w′β), Θᵢⱼ = −βᵢΘⱼⱼ, made exactly symmetric. */
function precisionOf({ k, covariance, coefficients }: Working): Float64Array {
  const raw = new Float64Array(k * k);
  for (let j = 0; j < k; j++) {
    let explained = 0;
    for (let i = 0; i < k; i++) explained += covariance[i * k + j]! * coefficients[j * k + i]!;
    const own = 1 / (covariance[j * k + j]! - explained);
    for (let i = 0; i < k; i++) raw[i * k + j] = i === j ? own : -coefficients[j * k + i]! * own;
  }
  return raw.map((value, at) => (value + raw[(at % k) * k + Math.floor(at / k)]!) / 2);
}
