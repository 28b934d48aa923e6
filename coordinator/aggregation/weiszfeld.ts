import { NotConverged, type Solved } from '../../core/not-converged.js';
import { blockSum, dot } from '../../core/numeric.js';
import type { Vector } from './aggregation.js';
import { squaredDistance } from './squared-distance.js';
import { weightedMean, weightedSum } from './weighted-sum.js';

/** Where the points pull from `at`, and how hard the points that lie there hold it back. */
interface Pull {
  readonly force: Float64Array;
  readonly held: number;
  readonly inverse: readonly number[];
  readonly nearest: number;
}

function pull(points: readonly Vector[], weights: readonly number[], at: Vector): Pull {
  const distances = points.map((point) => Math.sqrt(squaredDistance(point, at)));
  const inverse = distances.map((d, i) => (d > 0 ? weights[i]! / d : 0));
  const towards = weightedSum(points, inverse);
  const total = blockSum(inverse);
  return {
    force: towards.map((value, j) => value - total * at[j]!),
    held: blockSum(distances.map((d, i) => (d > 0 ? 0 : weights[i]!))),
    inverse,
    nearest: distances.indexOf(Math.min(...distances)),
  };
}

/** How far `at` is from balance: the pull that is not held back, per unit of weight. */
const imbalance = ({ force, held }: Pull, weight: number): number =>
  Math.max(0, Math.sqrt(dot(force, force)) - held) / weight;

/** Vardi and Zhang's step: Weiszfeld's, shortened where it starts on a data point. */
function step(points: readonly Vector[], at: Float64Array, { force, held, inverse }: Pull): Float64Array {
  const target = weightedMean(points, inverse);
  const keep = Math.min(1, held / Math.max(Math.sqrt(dot(force, force)), Number.MIN_VALUE));
  return target.map((value, j) => (1 - keep) * value + keep * at[j]!);
}

/** Geometric median of weighted points.
 * @formula y ← Σ (w_i/‖y − x_i‖) x_i / Σ w_i/‖y − x_i‖, from the weighted mean
 * @shape   n points (d), weights (n); result (d)
 * @source  Weiszfeld 1937; Vardi & Zhang 2000, PNAS 97(4) for starts on a data point
 * @pitfall near a data point that is the answer the iteration crawls, so the nearest point is tried as well
 */
export function weiszfeld(
  points: readonly Vector[],
  weights: readonly number[],
  tolerance: number,
  maxIterations: number,
): Solved<Float64Array> {
  const weight = blockSum(weights);
  let at = weightedMean(points, weights);
  let residual = Number.POSITIVE_INFINITY;
  for (let iterations = 0; iterations <= maxIterations; iterations++) {
    const here = pull(points, weights, at);
    residual = imbalance(here, weight);
    if (residual <= tolerance) return { value: at, iterations, residual };
    const corner = Float64Array.from(points[here.nearest]!);
    const atCorner = imbalance(pull(points, weights, corner), weight);
    if (atCorner <= tolerance) return { value: corner, iterations, residual: atCorner };
    at = step(points, at, here);
  }
  throw new NotConverged('geometric median', maxIterations, residual);
}
