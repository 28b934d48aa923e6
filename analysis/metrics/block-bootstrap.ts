import { quantileOfSorted } from '../../core/numeric.js';
import { stream, type Stream } from '../../core/random.js';

/** A statistic of a sample of time indices. */
export type Statistic = (at: Int32Array) => number;

export interface Resampling {
  readonly seed: number;
  readonly purpose: string;
  readonly length: number;
  readonly blockLength: number;
  readonly replications: number;
  /** Coverage of the intervals. */
  readonly level: number;
}

/** One resample: blocks of consecutive indices from starts drawn at random, the end joined to the beginning. */
function resample(draw: Stream, blockLength: number, into: Int32Array): void {
  const { length } = into;
  for (let from = 0; from < length; from += blockLength) {
    const start = draw.integer(length);
    const end = Math.min(from + blockLength, length);
    for (let i = from; i < end; i++) into[i] = (start + i - from) % length;
  }
}

/** Percentile interval of the finite replications; null where fewer than half are. */
function percentile(values: Float64Array, level: number): [number, number] | null {
  const finite = values.filter(Number.isFinite).sort();
  if (finite.length * 2 < values.length) return null;
  return [quantileOfSorted(finite, (1 - level) / 2), quantileOfSorted(finite, (1 + level) / 2)];
}

/** Intervals of statistics of one time series, which keep its dependence inside blocks.
 * @formula percentiles of the statistic over resamples of blocks of consecutive days (circular)
 * @shape   each statistic takes indices into 0..length-1
 * @source  Politis & Romano 1992, Exploring the Limits of Bootstrap (circular block bootstrap)
 * @pitfall too narrow where dependence is longer than a block; needs a few blocks: null below five
 */
export function blockBootstrap(
  statistics: Readonly<Record<string, Statistic>>,
  { seed, purpose, length, blockLength, replications, level }: Resampling,
): Record<string, [number, number] | null> {
  const names = Object.keys(statistics);
  if (length < 5 * blockLength) return Object.fromEntries(names.map((name) => [name, null]));
  const draw = stream({ seed, purpose });
  const values = names.map(() => new Float64Array(replications));
  const at = new Int32Array(length);
  for (let b = 0; b < replications; b++) {
    resample(draw, blockLength, at);
    names.forEach((name, s) => (values[s]![b] = statistics[name]!(at)));
  }
  return Object.fromEntries(names.map((name, s) => [name, percentile(values[s]!, level)]));
}
