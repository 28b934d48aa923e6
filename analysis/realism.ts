import { blockBootstrap } from './metrics/block-bootstrap.js';
import { holds, type Pooled } from './realism/fact.js';
import { factNames, facts, type FactName } from './realism/facts/index.js';
import type { Segment } from './realism/segment.js';

/** One fact of one sample of runs. */
export interface FactResult {
  readonly name: FactName;
  /** Of all segments as one sample; null where undefined. */
  readonly value: number | null;
  /** 95%, over segments; null where there are fewer than five, or the value is undefined. */
  readonly interval: readonly [number, number] | null;
  readonly low: number;
  readonly high: number;
  /** Whether the value lies in the range. */
  readonly pass: boolean;
  /** Share of segments that lie in the range alone. */
  readonly passRate: number;
  /** Each segment's own value, in their order. */
  readonly single: readonly (number | null)[];
}

/** Resamples of segments behind an interval. */
const resamples = { index: 400, asset: 200 } as const;
export type Detail = keyof typeof resamples;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function resultOf(
  name: FactName,
  pooled: Pooled,
  count: number,
  interval: FactResult['interval'],
): FactResult {
  const { low, high } = facts[name];
  const places = Array.from({ length: count }, (_, i) => i);
  const value = pooled(places);
  const single = places.map((i) => pooled([i]));
  return {
    name,
    value: finite(value),
    interval: Number.isFinite(value) ? interval : null,
    low,
    high,
    pass: holds({ low, high }, value),
    passRate: single.filter((v) => holds({ low, high }, v)).length / count,
    single: single.map(finite),
  };
}

/** The eleven facts of a sample of segments of one law.
 * @formula every fact of all segments as one sample; intervals by resampling whole segments (percentiles)
 * @source  Cont 2001, Quantitative Finance 1(2)
 * @pitfall in a few years alone, even a real index fails some: `passRate` says how often, beside the index's own
 */
export function factsOf(segments: readonly Segment[], detail: Detail = 'index'): FactResult[] {
  const prepared = Object.fromEntries(factNames.map((name) => [name, facts[name].prepare(segments)]));
  const intervals = blockBootstrap(prepared, {
    seed: 1,
    purpose: 'realism',
    length: segments.length,
    blockLength: 1,
    replications: resamples[detail],
    level: 0.95,
  });
  return factNames.map((name) => resultOf(name, prepared[name]!, segments.length, intervals[name] ?? null));
}

/** A card of the scorecard, as segments: one a seed, of the index and of every asset. */
export interface Card {
  readonly index: readonly Segment[];
  readonly assets: readonly { readonly id: string; readonly segments: readonly Segment[] }[];
}

export type CardName = 'a' | 'b' | 'c';

/** What the cards hold. */
export const cardTitles: Readonly<Record<CardName, string>> = {
  a: 'Fundamentals alone',
  b: 'The market',
  c: 'The market on Gaussian news',
};

/** Three cards, fact by fact. */
export interface Scorecard {
  readonly cards: Readonly<Record<CardName, readonly FactResult[]>>;
  /** The news of card c without the market: what holds there too is no work of the market. */
  readonly gaussianNews: readonly FactResult[];
  /** Single assets on card b. */
  readonly assets: readonly { readonly id: string; readonly facts: readonly FactResult[] }[];
  /** Facts that hold on card c. */
  readonly emergent: readonly FactName[];
}

/** Scores the three cards; only what holds on card c may be called emergent. */
export function scorecardOf(cards: Readonly<Record<CardName | 'gaussianNews', Card>>): Scorecard {
  const c = factsOf(cards.c.index);
  return {
    cards: { a: factsOf(cards.a.index), b: factsOf(cards.b.index), c },
    gaussianNews: factsOf(cards.gaussianNews.index),
    assets: cards.b.assets.map(({ id, segments }) => ({ id, facts: factsOf(segments, 'asset') })),
    emergent: c.filter(({ pass }) => pass).map(({ name }) => name),
  };
}
