import { NotConverged, type Solved } from '../../../core/not-converged.js';

/** How strongly a variance answers to the last shock (α) and to itself (β). */
export interface Persistence {
  readonly alpha: number;
  readonly beta: number;
}

/** The pair with the highest likelihood on α, β ≥ 0, α + β < 1: a grid, then ever smaller steps around the best.
 * @formula argmax ℓ(α, β)
 * @source  Hooke & Jeeves 1961, Journal of the ACM 8(2) (pattern search)
 * @pitfall the likelihood may be flat in β where α is near 0
 */
export function fitPersistence(logLikelihood: (at: Persistence) => number): Solved<Persistence> {
  const value = ({ alpha, beta }: Persistence): number =>
    alpha < 0 || beta < 0 || alpha + beta > 0.9999 ? -Infinity : logLikelihood({ alpha, beta });
  let best = { alpha: 0, beta: 0 };
  let most = value(best);
  const consider = (at: Persistence): boolean => {
    const found = value(at);
    if (!(found > most)) return false;
    [best, most] = [at, found];
    return true;
  };
  for (const alpha of [0.01, 0.03, 0.06, 0.1, 0.2])
    for (const sum of [0.5, 0.8, 0.9, 0.95, 0.98, 0.995]) consider({ alpha, beta: sum - alpha });
  return refine(() => best, consider);
}

/** Directions along the axes and along constant persistence. */
const directions = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, -1],
  [-1, 1],
] as const;

function refine(best: () => Persistence, consider: (at: Persistence) => boolean): Solved<Persistence> {
  let size = 0.02;
  for (let iterations = 1; iterations <= 2000; iterations++) {
    if (size < 1e-7) return { value: best(), iterations, residual: size };
    const from = best();
    const moved = directions.some(([a, b]) =>
      consider({ alpha: from.alpha + size * a, beta: from.beta + size * b }),
    );
    if (!moved) size /= 2;
  }
  throw new NotConverged('persistence', 2000, size);
}
