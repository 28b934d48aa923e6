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
/** 95% quantile of χ² with one degree of freedom: what one parameter may cost by chance. */
export const threshold = 3.841;

/** Profile of a parameter over the points tried.
 * @formula least J in each sixth of its range, others free; within J_min + χ²₁(95%) it cannot be told from the best
 * @source  profile likelihood, Venzon & Moolgavkar 1988, Applied Statistics 37(1)
 * @pitfall over points tried, not minimised afresh: a part that was hardly tried looks worse than it is
 */
export function profileOf(tried: readonly Tried[], parameter: number): Profile {
  const best = Math.min(...tried.map(({ distance }) => distance));
  const least = Array.from({ length: parts }, (_, part) => {
    const here = tried.filter(
      ({ place }) => Math.min(parts - 1, Math.floor(place[parameter]! * parts)) === part,
    );
    return here.length === 0 ? null : Math.min(...here.map(({ distance }) => distance));
  });
  const open = least.map((d) => d === null || d <= best + threshold);
  return {
    least,
    from: open.indexOf(true) / parts,
    to: (open.lastIndexOf(true) + 1) / parts,
    identified: open.includes(false),
  };
}
