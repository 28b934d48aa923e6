/** A point that was simulated: where it lies in the unit cube of parameters, and how far it is from the target. */
export interface Tried {
  readonly place: readonly number[];
  readonly distance: number;
}

/** What the points tried say of one parameter. */
export interface Profile {
  /** Least distance in each part of the parameter's range, the other parameters free; null where nothing was tried. */
  readonly least: readonly (number | null)[];
  /** The range, as shares of the parameter's own, in which the distance is within the threshold of the least one. */
  readonly from: number;
  readonly to: number;
  /** Whether some part of the range can be told to be worse. */
  readonly identified: boolean;
}

const parts = 6;

/** Points through one that was found: each parameter in turn in the middle of every part of its range but its own, the
 * others as they are. They tell a part that does worse from one that was hardly tried. */
export const slicesThrough = (place: readonly number[]): number[][] =>
  place.flatMap((own, d) =>
    Array.from({ length: parts }, (_, part) => part)
      .filter((part) => part !== partOf(own))
      .map((part) => place.map((at, other) => (other === d ? (part + 0.5) / parts : at))),
  );

const partOf = (place: number): number => Math.min(parts - 1, Math.floor(place * parts));

/** 95% quantile of χ² with one degree of freedom: what one parameter may cost by chance. */
export const threshold = 3.841;

/** Profile of a parameter over the points tried.
 * @formula least J in each sixth of its range, others free; within J_min + χ²₁(95%) it cannot be told from the best
 * @source  profile likelihood, Venzon & Moolgavkar 1988, Applied Statistics 37(1)
 * @param   isSliced whether slices through the best point are among those tried; without them no part is said to be worse
 * @pitfall over points tried, not minimised afresh: parameters that make up for each other look better known than they are
 */
export function profileOf(tried: readonly Tried[], parameter: number, isSliced: boolean): Profile {
  const best = Math.min(...tried.map(({ distance }) => distance));
  const least = Array.from({ length: parts }, (_, part) => {
    const here = tried.filter(({ place }) => partOf(place[parameter]!) === part);
    return here.length === 0 ? null : Math.min(...here.map(({ distance }) => distance));
  });
  const open = least.map((d) => !isSliced || d === null || d <= best + threshold);
  return {
    least,
    from: open.indexOf(true) / parts,
    to: (open.lastIndexOf(true) + 1) / parts,
    identified: open.includes(false),
  };
}
