import { factNames, facts, type FactName } from './facts/index.js';
import { holds, type Fact } from './fact.js';
import { log } from '../../core/numeric.js';
import type { Segment, Standardise } from './segment.js';

/** What a real market says of a fact. */
export interface ReferenceFact {
  /** Over the whole series; null where the series cannot say. */
  readonly value: number | null;
  /** Share of windows that lie in the range. */
  readonly passRate: number | null;
}

/** A real market beside the simulated one. */
export interface Reference {
  /** What it is and where it comes from. */
  readonly name: string;
  /** Length of the windows, in days: a seed's, or the nearest to it for which rates are known. */
  readonly window: number;
  readonly facts: Readonly<Record<FactName, ReferenceFact>>;
}

/** Days between the starts of two windows. */
const stride = 125;

const returnsOf = (prices: Float64Array): Float64Array => prices.slice(1).map((p, t) => log(p / prices[t]!));

/** A segment of a table of prices: the first column is the index; two or more others are its assets. */
function segmentOf(
  columns: readonly Float64Array[],
  from: number,
  to: number,
  standardise: Standardise,
): Segment {
  const [index, ...assets] = columns.map((prices) => returnsOf(prices.subarray(from, to)));
  return {
    returns: index!,
    residuals: standardise(index!),
    volume: null,
    pairs: assets.flatMap((a, i) => assets.slice(0, i).map((b) => [a, b] as const)),
  };
}

/** The facts of a series of real prices, and how often its windows of `days` returns pass them. */
export function referenceOf(
  name: string,
  columns: readonly Float64Array[],
  days: number,
  standardise: Standardise,
): Reference {
  const length = columns[0]!.length;
  const window = Math.min(days, length - 1);
  const starts = Array.from({ length: Math.floor((length - 1 - window) / stride) + 1 }, (_, i) => i * stride);
  const segments = [
    segmentOf(columns, 0, length, standardise),
    ...starts.map((from) => segmentOf(columns, from, from + window + 1, standardise)),
  ];
  const entry = (fact: Fact): ReferenceFact => {
    const pooled = fact.prepare(segments);
    const value = pooled([0]);
    const passed = starts.filter((_, i) => holds(fact, pooled([i + 1])));
    return Number.isFinite(value)
      ? { value, passRate: passed.length / starts.length }
      : { value: null, passRate: null };
  };
  return {
    name,
    window,
    facts: Object.fromEntries(factNames.map((f) => [f, entry(facts[f])])) as Reference['facts'],
  };
}
