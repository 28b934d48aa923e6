import { sum } from '../../core/numeric.js';
import { maximumDrawdown } from '../measures/performance/drawdown.js';
import { daily, firstMeasuredDay, type RunData } from '../run-data.js';
import { metric, type Metric, type MetricMap, type Topic, type Unit } from './metric.js';

const tally = (topic: Topic, label: string, unit: Unit, meaning: string, value: number): Metric =>
  metric({ topic, label, unit, meaning }, value, 'it has no value on some measured day');

/** Institutions that never defaulted, warm-up included. */
function survivors(run: RunData): number {
  const defaulted = new Set(
    run.notices.flatMap((n) => (n.kind === 'default' ? (n.columns['institution'] ?? []) : [])),
  );
  return run.roster.filter(({ id }) => !defaulted.has(id)).length;
}

/** Totals over the measured days: counts and extremes of one path, which have no sampling interval. */
export function tallies(run: RunData): MetricMap {
  const column = (name: string): Float64Array => daily(run, name, firstMeasuredDay(run));
  const total = (name: string): number => sum(column(name));
  return {
    maxDrawdown: tally(
      'market',
      'Maximum drawdown',
      'share',
      'Largest fall of the index from an earlier peak.',
      maximumDrawdown(column('indexLevel')),
    ),
    forcedSaleDays: tally(
      'stress',
      'Days with forced sales',
      'days',
      'Days on which some institution had to sell to meet its leverage cap.',
      column('forcedSalesUsd').filter((usd) => usd > 0).length,
    ),
    forcedSalesUsd: tally(
      'stress',
      'Forced sales',
      'USD',
      'Value sold by institutions that had to sell.',
      total('forcedSalesUsd'),
    ),
    breaches: tally(
      'stress',
      'Breaches',
      'count',
      'Institution-days with a leverage cap breached.',
      total('breaches'),
    ),
    defaults: tally(
      'stress',
      'Defaults',
      'count',
      'Institutions whose equity was used up after the warm-up.',
      total('defaults'),
    ),
    survivors: tally(
      'stress',
      'Survivors',
      'count',
      `Institutions of the ${run.roster.length} on day 0 that never defaulted.`,
      survivors(run),
    ),
  };
}
