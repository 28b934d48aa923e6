import type { Batch } from '../../core/events.js';
import { channelsOfLoss } from './cash-effects.js';
import type { DayTables } from './day-tables.js';
import { lossesOf } from './losses.js';

/** The table `losses`: one row a day and institution, USD, gains positive. */
export function lossesTable(days: Iterable<DayTables>): Batch {
  const found = [...lossesOf(days)];
  const n = found[0]?.losses.market.length ?? 0;
  const rows = found.length * n;
  const filled = (of: (day: (typeof found)[number], i: number) => number): Float64Array =>
    Float64Array.from({ length: rows }, (_, row) => of(found[Math.floor(row / n)]!, row % n));
  return {
    day: Int32Array.from(filled(({ day }) => day)),
    institution: Int32Array.from(filled((_, i) => i)),
    ...Object.fromEntries(channelsOfLoss.map((name) => [name, filled(({ losses }, i) => losses[name][i]!)])),
  };
}
