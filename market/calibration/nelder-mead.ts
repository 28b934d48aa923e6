import { NotConverged, type Solved } from '../../core/not-converged.js';

interface Corner {
  readonly at: Float64Array;
  readonly value: number;
}

export interface SearchOptions {
  /** Length of the first simplex's edges. */
  readonly step: number;
  /** Differences of the function across the simplex at which it has shrunk enough. */
  readonly tolerance: number;
  readonly maxIterations: number;
}

const mix = (a: Float64Array, b: Float64Array, t: number): Float64Array =>
  a.map((x, i) => x + t * (b[i]! - x));

/** Least value of a function of a few variables, without derivatives.
 * @source  Nelder & Mead 1965, Computer Journal 7(4)
 * @pitfall may stop short of a minimum: start it again from where it ended
 */
export function nelderMead(
  of: (at: Float64Array) => number,
  start: Float64Array,
  { step, tolerance, maxIterations }: SearchOptions,
): Solved<Corner> {
  const corner = (at: Float64Array): Corner => ({ at, value: of(at) });
  const byValue = (a: Corner, b: Corner): number => a.value - b.value;
  const n = start.length;
  let simplex = Array.from({ length: n + 1 }, (_, i) =>
    corner(start.map((x, j) => (j === i - 1 ? x + step : x))),
  ).sort(byValue);
  let spread = Infinity;
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    const [best, worst] = [simplex[0]!, simplex[n]!];
    spread = worst.value - best.value;
    if (spread <= tolerance) return { value: best, iterations, residual: spread };
    simplex = next(simplex, corner).sort(byValue);
  }
  throw new NotConverged('nelder-mead', maxIterations, spread);
}

/** Reflects the worst corner through the others, further or less far, or draws all towards the best. */
function next(simplex: readonly Corner[], corner: (at: Float64Array) => Corner): Corner[] {
  const n = simplex.length - 1;
  const kept = simplex.slice(0, n);
  const worst = simplex[n]!;
  const centre = worst.at.map((_, i) => kept.reduce((sum, { at }) => sum + at[i]!, 0) / n);
  const reflected = corner(mix(centre, worst.at, -1));
  if (reflected.value < kept[0]!.value) {
    const further = corner(mix(centre, worst.at, -2));
    return [...kept, further.value < reflected.value ? further : reflected];
  }
  if (reflected.value < kept[n - 1]!.value) return [...kept, reflected];
  const outside = reflected.value < worst.value;
  const nearer = corner(mix(centre, worst.at, outside ? -0.5 : 0.5));
  if (nearer.value < Math.min(reflected.value, worst.value)) return [...kept, nearer];
  return [kept[0]!, ...simplex.slice(1).map(({ at }) => corner(mix(kept[0]!.at, at, 0.5)))];
}
