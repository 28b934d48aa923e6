import { z } from 'zod';
import { exp } from '../../core/numeric.js';
import { field, unitInterval } from '../../core/scenario/field.js';
import { lastMonth } from '../closes.js';
import { indexLevel } from '../record.js';
import type { View } from './act.js';

export const drawdownField = field(
  z.union([unitInterval.gt(0).lt(1), z.null()]).default(null),
  'Only on days that begin with the index at least this far below its highest close of the last 20 days; null: on all.',
  'share of index',
);

/** How far the index stands below its highest close of the last 20 days. */
export function drawdown({ stage, world }: Pick<View, 'stage' | 'world'>): number {
  const levels = lastMonth(world).map((logs) =>
    indexLevel(
      stage,
      logs.map((x) => exp(x)),
    ),
  );
  return 1 - levels.at(-1)! / Math.max(...levels);
}

/** Whether a condition on the drawdown is met. */
export const fallen = (least: number | null, view: View): boolean =>
  least === null || drawdown(view) >= least;
