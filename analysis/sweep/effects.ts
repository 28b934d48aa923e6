import { benjaminiHochberg } from '../statistics/benjamini-hochberg.js';
import { holm } from '../statistics/holm.js';
import { pairedDifference, type PairedDifference } from '../statistics/paired-difference.js';
import { sampleOf, type SweepData } from './sweep-data.js';

/** What moving from the first point to another did to a measure. */
export interface Effect extends PairedDifference {
  readonly metric: string;
  readonly point: number;
  readonly label: string;
  /** Mean at the first point. */
  readonly base: number;
  /** Two-sided p-values over all effects of the sweep on its tested measures. */
  readonly holm: number;
  readonly benjaminiHochberg: number;
}

const meanOf = (values: Float64Array): number => {
  const known = values.filter(Number.isFinite);
  return known.reduce((a, b) => a + b, 0) / known.length;
};

/** Paired differences of every point from the first, for every tested measure, adjusted as one family. */
export function effectsOf(sweep: SweepData): Effect[] {
  const { plan } = sweep;
  const raw = plan.metrics.flatMap((metric) => {
    const control = sampleOf(sweep, 0, metric);
    return plan.points.slice(1).map(({ label }, i) => {
      const address = { seed: 0, purpose: 'effect-bootstrap', entity: `${metric} ${label}` };
      const difference = pairedDifference(control, sampleOf(sweep, i + 1, metric), address);
      return { ...difference, metric, point: i + 1, label, base: meanOf(control) };
    });
  });
  const pValues = raw.map((effect) => effect.pValue);
  const [strict, loose] = [holm(pValues), benjaminiHochberg(pValues)];
  return raw.map((effect, i) => ({ ...effect, holm: strict[i]!, benjaminiHochberg: loose[i]! }));
}
