/** What a measure speaks of, in the order in which tables tell it: herding, crowding and monoculture are three things,
 * never one index. */
export const topics = [
  'market',
  'stress',
  'balance sheets',
  'herding',
  'crowding',
  'monoculture',
  'skill',
  'training',
  'mandates',
  'oversight',
  'privacy',
] as const;

export type Topic = (typeof topics)[number];

export type Unit =
  | 'per year'
  | 'log return'
  | 'share'
  | 'USD'
  | 'count'
  | 'days'
  | 'kWh'
  | 'ratio'
  | 'cosine'
  | 'correlation'
  | 'percent'
  | 'moment'
  | 'squared deviations'
  | 'epsilon';

/** How a measure is named and read. */
export interface MetricLabel {
  readonly label: string;
  readonly unit: Unit;
  readonly topic: Topic;
  /** One plain sentence. */
  readonly meaning: string;
}

/** The most extreme day of a daily measure. */
export interface Extreme {
  readonly which: 'highest' | 'lowest';
  readonly value: number;
  readonly day: number;
}

/** One published number. */
export interface Metric extends MetricLabel {
  /** Null where it is undefined, for the reason given. */
  readonly value: number | null;
  readonly reason: string | null;
  /** Bootstrap interval, where resampling days makes sense. */
  readonly interval: readonly [number, number] | null;
  readonly extreme: Extreme | null;
}

export type MetricMap = Readonly<Record<string, Metric>>;

/** A metric from its value; what is not a finite number is undefined, for `reason`. */
export function metric(
  { label, unit, topic, meaning }: MetricLabel,
  value: number,
  reason: string,
  more: { readonly interval?: Metric['interval']; readonly extreme?: Extreme | null } = {},
): Metric {
  const defined = Number.isFinite(value);
  return {
    label,
    unit,
    topic,
    meaning,
    value: defined ? value : null,
    reason: defined ? null : reason,
    interval: defined ? (more.interval ?? null) : null,
    extreme: more.extreme ?? null,
  };
}

/** Measures by topic, in order. A topic in which nothing happened (all 0 or undefined, as the cost of mandates where
 * there are none) is `silent`: a table names it and spares its rows. */
export function byTopic(measures: MetricMap): {
  readonly told: readonly { readonly topic: Topic; readonly measures: readonly Metric[] }[];
  readonly silent: readonly Topic[];
} {
  const groups = topics
    .map((topic) => ({ topic, measures: Object.values(measures).filter((m) => m.topic === topic) }))
    .filter((group) => group.measures.length > 0);
  const happened = ({ measures: all }: (typeof groups)[number]): boolean =>
    all.some(({ value }) => value !== null && value !== 0);
  return {
    told: groups.filter(happened),
    silent: groups.filter((group) => !happened(group)).map(({ topic }) => topic),
  };
}
