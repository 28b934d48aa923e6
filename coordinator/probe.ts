import type { Batch } from '../core/events.js';
import type { ProbeReply } from '../core/protocol.js';
import { kernelWidth, meanSimilarities } from '../core/representation-kernel.js';
import type { Hosts, Learning } from './learning.js';
import { seatsOf } from './transport/plan.js';

/** Forecasts on the public probes, row after row. */
export interface Probed {
  /** Who answered: roster indices, ascending. */
  readonly seats: readonly number[];
  /** Seats x rows. */
  readonly forecasts: Float32Array;
  readonly rows: number;
  /** What their hidden representations are like; 0 where a model has none. */
  readonly kernels: readonly Float32Array[];
}

/** Forecasts of every institution that answers. */
export async function probeAll(hosts: Hosts, { probes }: Learning): Promise<Probed> {
  if (probes.length === 0) return { seats: [], forecasts: new Float32Array(0), rows: 0, kernels: [] };
  const replies: ProbeReply[] = await hosts.transport.exchange(
    hosts.plans.map(() => ({ type: 'probe' as const, inputs: probes })),
  );
  const rows = replies[0]!.forecasts.length / seatsOf(hosts.plans[0]!).length;
  const width = kernelWidth(rows);
  const answers = replies.flatMap(({ forecasts, kernels }, h) => {
    const own = new Set(hosts.plans[h]!.own);
    return seatsOf(hosts.plans[h]!).flatMap((seat, i) => {
      const row = forecasts.subarray(i * rows, (i + 1) * rows);
      const kernel = kernels.subarray(i * width, (i + 1) * width);
      // Silence is NaN, which no host can send.
      return own.has(seat) && !Number.isNaN(row[0]) ? [{ seat, row, kernel }] : [];
    });
  });
  answers.sort((a, b) => a.seat - b.seat);
  const forecasts = new Float32Array(answers.length * rows);
  answers.forEach(({ row }, at) => forecasts.set(row, at * rows));
  const kernels = answers.map(({ kernel }) => kernel);
  return { seats: answers.map(({ seat }) => seat), forecasts, rows, kernels };
}

/** Mean forecast on each probe by architecture: architectures x rows. */
export function meanForecasts({ seats, forecasts, rows }: Probed, learning: Learning): Float32Array {
  const kinds = learning.initial.length;
  const sums = new Float64Array(kinds * rows);
  const counts = new Float64Array(kinds);
  seats.forEach((seat, i) => {
    const a = learning.architecture[seat]!;
    counts[a]!++;
    for (let r = 0; r < rows; r++) sums[a * rows + r]! += forecasts[i * rows + r]!;
  });
  return Float32Array.from(sums, (sum, at) => sum / Math.max(1, counts[Math.floor(at / rows)]!));
}

/** Rows of the `representations` table: of those whose models have one. */
export function representationRows(day: number, { seats, kernels }: Probed): Batch {
  const able = seats
    .map((seat, at) => ({ seat, kernel: kernels[at]! }))
    .filter(({ kernel }) => kernel.some((x) => x !== 0));
  return {
    day: new Int32Array(able.length).fill(day),
    institution: Int32Array.from(able, ({ seat }) => seat),
    similarity: meanSimilarities(able.map(({ kernel }) => kernel)),
  };
}

/** Rows of the `probes` table. */
export function probeRows(day: number, { seats, forecasts, rows }: Probed): Batch {
  return {
    day: new Int32Array(forecasts.length).fill(day),
    institution: Int32Array.from({ length: forecasts.length }, (_, at) => seats[Math.floor(at / rows)]!),
    probe: Int32Array.from({ length: forecasts.length }, (_, at) => at % rows),
    forecast: forecasts,
  };
}
