import { NotConverged, type Solved } from '../../core/not-converged.js';

/** Writes F(state) to `next`; monotone: no component of F falls when a component of the state rises. */
export type MonotoneMap = (state: Float64Array, next: Float64Array) => void;

export interface Stopping {
  /** Largest |F(x) − x| that counts as solved. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

function largestChange(a: Float64Array, b: Float64Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const change = Math.abs(a[i]! - b[i]!);
    if (change > largest || Number.isNaN(change)) largest = change;
  }
  return largest;
}

/** Iterates a monotone map from `start` to a fixed point.
 *
 * From below every solution it climbs to the least, from above it falls to the greatest (Tarski 1955).
 * The residual is that of the map itself, |F(x) − x|, so a slow (near-critical) map is not mistaken for a
 * solved one by a step that happens to be small in other units.
 */
export function fixedPoint(
  solver: string,
  map: MonotoneMap,
  start: Float64Array,
  { tolerance, maxIterations }: Stopping,
): Solved<Float64Array> {
  let state = start.slice();
  let next = new Float64Array(start.length);
  let residual = Infinity;
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    map(state, next);
    residual = largestChange(state, next);
    [state, next] = [next, state];
    if (residual <= tolerance) return { value: state, iterations, residual };
  }
  throw new NotConverged(solver, maxIterations, residual);
}
