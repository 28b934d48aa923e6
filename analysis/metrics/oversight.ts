import { noticeRows, type RunData } from '../run-data.js';
import { metric, type Metric, type MetricMap, type Unit } from './metric.js';

interface Judged {
  readonly approved: boolean;
  readonly waitedDays: number;
  readonly costUsd: number;
  /** At the close before the order. */
  readonly valueUsd: number;
}

const ticket = (institution: unknown, asset: unknown, day: unknown): string =>
  JSON.stringify([institution, asset, day]);

function judged(run: RunData): Judged[] {
  const values = new Map(
    noticeRows(run, 'waits').map((r) => [
      ticket(r['institution'], r['asset'], r['day']),
      Number(r['valueUsd']),
    ]),
  );
  return noticeRows(run, 'verdict')
    .filter((r) => Number(r['day']) > run.scenario.warmUp)
    .map((r) => ({
      approved: r['approved'] === 1,
      waitedDays: Number(r['waitedDays']),
      costUsd: Number(r['costUsd']),
      valueUsd: values.get(ticket(r['institution'], r['asset'], r['placed'])) ?? NaN,
    }));
}

const sumOf = (all: readonly Judged[], pick: (one: Judged) => number): number =>
  all.reduce((total, one) => total + pick(one), 0);

const tally = (label: string, unit: Unit, meaning: string, value: number): Metric =>
  metric({ topic: 'oversight', label, unit, meaning }, value, 'no order waited after the warm-up');

/** What approval of orders by overseers cost: nothing where nobody has an overseer, so that runs with and without one
 * can be compared. */
export function oversightMetrics(run: RunData): MetricMap {
  const all = judged(run);
  const approved = all.filter((one) => one.approved);
  const rejected = all.filter((one) => !one.approved);
  const cost = sumOf(approved, (one) => one.costUsd);
  return {
    ordersWaited: tally(
      'Orders that waited',
      'count',
      'Orders that waited for an overseer, and were decided on.',
      all.length,
    ),
    ordersRejected: tally(
      'Orders rejected',
      'count',
      'Of those, the ones that were rejected.',
      rejected.length,
    ),
    daysWaited: tally(
      'Days waited',
      'days',
      'Mean days from an order to its verdict.',
      sumOf(all, (one) => one.waitedDays) / all.length,
    ),
    waitingCostUsd: tally(
      'Cost of waiting',
      'USD',
      'Units times the move of the price from the close before an order to the close before its verdict, over approved orders: above 0 where it moved against them.',
      cost,
    ),
    waitingCostShare: tally(
      'Cost of waiting over value',
      'share',
      'The same over the value of those orders at the close before them.',
      cost / sumOf(approved, (one) => one.valueUsd),
    ),
    forgoneUsd: tally(
      'Forgone by rejection',
      'USD',
      'Cost of waiting over rejected orders: what they would have gained, below 0 what they were spared.',
      sumOf(rejected, (one) => one.costUsd),
    ),
  };
}
