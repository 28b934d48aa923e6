import { NotConverged, type Solved } from '../../core/not-converged.js';
import { blockSum, dot } from '../../core/numeric.js';
import type { Vector } from './aggregation.js';
import { squaredDistance } from './squared-distance.js';
import { weightedMean, weightedSum } from './weighted-sum.js';

/** Where the points pull from `at`, and how hard the points that lie there hold it back. */
interface Pull {
  /** Total distance from `at`. */
  readonly cost: number;
  readonly force: Float64Array;
  readonly held: number;
  readonly inverse: readonly number[];
  /** The nearest point; of several that rounding does not tell apart, the one that holds most. */
  readonly nearest: number;
}

/** Points so near, against the mean distance, that rounding hides which side they are on. */
const coincident = 1e-12;

function pull(points: readonly Vector[], weights: readonly number[], at: Vector): Pull {
  const distances = points.map((point) => Math.sqrt(squaredDistance(point, at)));
  const cost = blockSum(distances.map((d, i) => weights[i]! * d));
  const here = (coincident * cost) / blockSum(weights);
  const inverse = distances.map((d, i) => (d > here ? weights[i]! / d : 0));
  const towards = weightedSum(points, inverse);
  const total = blockSum(inverse);
  const near = Math.min(...distances) + here;
  return {
    cost,
    force: towards.map((value, j) => value - total * at[j]!),
    held: blockSum(distances.map((d, i) => (d > here ? 0 : weights[i]!))),
    inverse,
    nearest: weights.reduce(
      (most, w, i) => (distances[i]! <= near && !(w <= (weights[most] ?? 0)) ? i : most),
      -1,
    ),
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

/** A step of the plain iteration: where from, where to. */
interface Move {
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** Anderson's extrapolation of two successive moves to where their difference would vanish. */
function extrapolate(last: Move, now: Move): Float64Array {
  const change = now.to.map((value, j) => value - now.from[j]! - (last.to[j]! - last.from[j]!));
  const square = dot(change, change);
  const factor =
    square > 0
      ? dot(
          change,
          now.to.map((value, j) => value - now.from[j]!),
        ) / square
      : 0;
  return now.to.map((value, j) => value - factor * (value - last.to[j]!));
}

/** Geometric median of weighted points.
 * @formula y ← Σ (w_i/‖y − x_i‖) x_i / Σ w_i/‖y − x_i‖ from the weighted mean, extrapolated where that is nearer
 * @shape   n points (d), weights (n); result (d)
 * @source  Weiszfeld 1937; Vardi & Zhang 2000, PNAS 97(4) for starts on a data point; Anderson 1965, J. ACM 12(4)
 * @pitfall plain iteration crawls near data points: hence the extrapolation, and the nearest point is tried as well
 */
export function weiszfeld(
  points: readonly Vector[],
  weights: readonly number[],
  tolerance: number,
  maxIterations: number,
): Solved<Float64Array> {
  const weight = blockSum(weights);
  let at = weightedMean(points, weights);
  let here = pull(points, weights, at);
  let last: Move | undefined;
  for (let iterations = 0; iterations <= maxIterations; iterations++) {
    const residual = imbalance(here, weight);
    if (residual <= tolerance) return { value: at, iterations, residual };
    const corner = Float64Array.from(points[here.nearest]!);
    const atCorner = imbalance(pull(points, weights, corner), weight);
    if (atCorner <= tolerance) return { value: corner, iterations, residual: atCorner };
    const now: Move = { from: at, to: step(points, at, here) };
    const tries = [now.to, ...(last ? [extrapolate(last, now)] : [])].map((to) => ({
      to,
      found: pull(points, weights, to),
    }));
    const best = tries.reduce((a, b) => (b.found.cost < a.found.cost ? b : a));
    [at, here, last] = [best.to, best.found, now];
  }
  throw new NotConverged('geometric median', maxIterations, imbalance(here, weight));
}
