import { mean, variance } from '../../core/numeric.js';
import { stream } from '../../core/random.js';
import { shiftedSobol } from '../sweep/designs/sobol.js';

/** A point of the unit cube, and how well it did: less is better. */
export interface Tried {
  readonly place: readonly number[];
  readonly distance: number;
}

export interface Search {
  readonly seed: number;
  /** Names of the dimensions: each has its own draws. */
  readonly dimensions: readonly string[];
  /** Points of a generation, simulated side by side. */
  readonly generation: number;
}

/** Share of all points tried that the next generation is drawn around. */
const elite = 0.2;
/** Half of the search fills the space. */
const exploring = 0.5;
/** So wide at least that a generation does not fall on one point. */
const narrowest = 0.03;

/** Even points, from where the last generation's ended. */
function spread({ seed, dimensions, generation }: Search, g: number): number[][] {
  const columns = dimensions.map((name, d) =>
    shiftedSobol(d, generation * (g + 1), name, (entity) =>
      stream({ seed, purpose: 'calibration-search', entity }),
    ).slice(generation * g),
  );
  return Array.from({ length: generation }, (_, i) => columns.map((column) => column[i]!));
}

/** A number drawn from a normal law, reflected into [0, 1]. */
const reflected = (x: number): number => {
  const folded = Math.abs(x) % 2;
  return Math.min(1 - 1e-9, folded > 1 ? 2 - folded : folded);
};

function around(search: Search, g: number, tried: readonly Tried[]): number[][] {
  const { seed, dimensions, generation } = search;
  const sorted = [...tried].sort((a, b) => a.distance - b.distance);
  const best = sorted.slice(0, Math.max(3, Math.ceil(elite * sorted.length)));
  const laws = dimensions.map((_, d) => {
    const column = best.map(({ place }) => place[d]!);
    return { centre: mean(column), width: Math.max(narrowest, Math.sqrt(variance(column))) };
  });
  return Array.from({ length: generation }, (_, i) =>
    dimensions.map((entity, d) => {
      const draw = stream({ seed, purpose: 'calibration-draw', entity, day: g, round: i });
      return reflected(laws[d]!.centre + laws[d]!.width * draw.normal());
    }),
  );
}

/** The points of the next generation: even ones for the first half of the search, then around the best so far.
 *
 * They depend on the seed and on what was tried alone, so that a search that was stopped carries on as it would have.
 * @source Rubinstein 1999, Methodology and Computing in Applied Probability 1(2) (cross-entropy method)
 */
export const nextGeneration = (
  search: Search,
  g: number,
  generations: number,
  tried: readonly Tried[],
): number[][] => (g < Math.ceil(exploring * generations) ? spread(search, g) : around(search, g, tried));
