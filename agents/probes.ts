import type { Brief } from '../core/protocol.js';
import type { Cohort } from './learning/cohort.js';
import { longestLookback, lookbackOf } from './models/lookback.js';

/** Public probes as an architecture reads them, and how many rows they are: the newest days that it looks back on;
 * where it sees all assets of a day at once, the first probes again until the last day is whole.
 * @shape probes (rows, width of the longest lookback, oldest day first)
 */
export function probesFor(
  brief: Brief,
  { rowsPerSample }: Cohort,
  architecture: number,
  probes: Float32Array,
  rows: number,
): [inputs: Float32Array, rows: number] {
  const longest = longestLookback(brief.architectures);
  const lookback = lookbackOf(brief.architectures[architecture]!);
  const count = Math.ceil(rows / rowsPerSample) * rowsPerSample;
  if (lookback === longest && count === rows) return [probes, rows];
  const from = rows === 0 ? 0 : probes.length / rows;
  const width = (from * lookback) / longest;
  const read = new Float32Array(count * width);
  for (let r = 0; r < count; r++) {
    const end = ((r % rows) + 1) * from;
    read.set(probes.subarray(end - width, end), r * width);
  }
  return [read, count];
}
