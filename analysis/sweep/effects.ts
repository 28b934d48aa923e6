import { benjaminiHochberg } from '../statistics/benjamini-hochberg.js';
import { holm } from '../statistics/holm.js';
import { pairedDifference, type PairedDifference } from '../statistics/paired-difference.js';
import { sampleOf, type Contrast, type SweepData, type SweepPlan } from './sweep-data.js';

/** What a contrast of points is for a measure. */
export interface Effect extends PairedDifference {
  readonly metric: string;
  readonly label: string;
  /** Mean of what is taken away: of the first point, where the plan names no contrasts. */
  readonly base: number;
  /** Two-sided p-values over all effects of the sweep on its tested measures. */
  readonly holm: number;
  readonly benjaminiHochberg: number;
}

/** What a plan compares: its contrasts, else every point with the first. */
export const contrastsOf = ({ points, contrasts }: SweepPlan): readonly Contrast[] =>
  contrasts ?? points.slice(1).map(({ label }, i) => ({ label, weights: { 0: -1, [i + 1]: 1 } }));

const meanOf = (values: Float64Array): number => {
  const known = values.filter(Number.isFinite);
  return known.reduce((a, b) => a + b, 0) / known.length;
};

/** Σ |w_p| x_p over the points whose weight has the given sign, by replication. */
function side(sweep: SweepData, { weights }: Contrast, metric: string, sign: 1 | -1): Float64Array {
  const total = new Float64Array(sweep.plan.replications);
  for (const [point, weight] of Object.entries(weights))
    if (Math.sign(weight) === sign)
      sampleOf(sweep, Number(point), metric).forEach((x, r) => (total[r]! += Math.abs(weight) * x));
  return total;
}

/** Contrasts of points, replication by replication, for every tested measure, adjusted as one family.
 * @formula d_r = Σ_p w_p x_pr, Σ_p w_p = 0
 */
export function effectsOf(sweep: SweepData): Effect[] {
  const { plan } = sweep;
  const raw = plan.metrics.flatMap((metric) =>
    contrastsOf(plan).map((contrast) => {
      const { label } = contrast;
      const [control, treated] = [side(sweep, contrast, metric, -1), side(sweep, contrast, metric, 1)];
      const address = { seed: 0, purpose: 'effect-bootstrap', entity: `${metric} ${label}` };
      return { ...pairedDifference(control, treated, address), metric, label, base: meanOf(control) };
    }),
  );
  const pValues = raw.map((effect) => effect.pValue);
  const [strict, loose] = [holm(pValues), benjaminiHochberg(pValues)];
  return raw.map((effect, i) => ({ ...effect, holm: strict[i]!, benjaminiHochberg: loose[i]! }));
}
