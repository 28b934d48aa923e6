import type { Batch } from '../core/events.js';
import type { Updates } from '../core/protocol.js';
import { byCodeUnit } from '../core/roster.js';

/** Rows of the `training` table, in order of learner; no table where nothing was reported. */
export function trainingRows(
  day: number,
  round: number,
  replies: readonly Updates[],
): { readonly training?: Batch } {
  const rows = replies
    .flatMap(({ readings, readingValues }) =>
      readings.map((reading, i) => ({ ...reading, value: readingValues[i]! })),
    )
    .sort((a, b) => byCodeUnit(a.id, b.id));
  if (rows.length === 0) return {};
  return {
    training: {
      day: new Int32Array(rows.length).fill(day),
      round: new Int32Array(rows.length).fill(round),
      institution: rows.map(({ id }) => id),
      quantity: rows.map(({ quantity }) => quantity),
      at: Int32Array.from(rows, ({ at }) => at),
      value: Float64Array.from(rows, ({ value }) => value),
    },
  };
}
