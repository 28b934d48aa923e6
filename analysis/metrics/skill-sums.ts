import { mean } from '../../core/numeric.js';
import { informationCoefficients, skillColumns, skillWidth } from '../../core/skill.js';
import { firstMeasuredDay, numbers, type RunData } from '../run-data.js';

/** Sums of the `skill` table by day, all institutions together. */
export interface SkillSums {
  readonly days: Int32Array;
  /** Flat (days, skillWidth). */
  readonly sums: Float64Array;
}

/** Whose forecasts count, and from which day to before which other. */
export interface Scope {
  readonly seats?: ReadonlySet<number>;
  readonly from?: number;
  readonly to?: number;
}

/** Adds up the skill table by day, from the first measured day on unless told; null where the record has none. */
export function skillSums(run: RunData, { seats, from, to = Infinity }: Scope = {}): SkillSums | null {
  const batch = run.tables.skill;
  if (batch === undefined) return null;
  const [day, who] = [numbers(batch, 'day'), numbers(batch, 'institution')];
  const columns = skillColumns.map((name) => numbers(batch, name));
  const first = from ?? firstMeasuredDay(run);
  const days = Int32Array.from(new Set(day.filter((d) => d >= first && d < to))).sort();
  const place = new Map(Array.from(days, (d, i) => [d, i]));
  const sums = new Float64Array(days.length * skillWidth);
  day.forEach((d, row) => {
    const at = place.get(d);
    if (at !== undefined && (seats?.has(who[row]!) ?? true))
      columns.forEach((c, j) => (sums[at * skillWidth + j]! += c[row]!));
  });
  return { days, sums };
}

/** Information coefficients over the days at the given places, pooled. */
export function pooledSkill(
  { sums }: SkillSums,
  at: Iterable<number>,
): ReturnType<typeof informationCoefficients> {
  const total = new Float64Array(skillWidth);
  for (const i of at) for (let j = 0; j < skillWidth; j++) total[j]! += sums[i * skillWidth + j]!;
  return informationCoefficients(total);
}

/** What the sources allow at most, averaged over institutions.
 * @formula mean over institutions of sqrt(sum over subscribed sources of rho^2)
 * @range   [0, sqrt(number of sources)]
 * @pitfall sources reveal the diffusive part of returns alone, so outcomes, which hold jumps and impact too,
 *          are reached by less; a source later than the horizon reveals nothing and still counts
 */
export function skillCeiling({ scenario, roster }: RunData): number {
  const ceilings = roster.map(({ type }) => {
    const sources = scenario.institutions.types[type]?.sources ?? [];
    return Math.sqrt(
      sources.reduce((total, q) => total + (scenario.sources[q]?.informationCoefficient ?? 0) ** 2, 0),
    );
  });
  return mean(ceilings);
}
