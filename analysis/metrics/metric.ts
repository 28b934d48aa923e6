/** What a measure speaks of: herding, crowding and monoculture are three things, never one index. */
export type Topic = 'market' | 'stress' | 'balance sheets' | 'herding' | 'crowding' | 'monoculture' | 'skill';

export type Unit =
  | 'per year'
  | 'log return'
  | 'share'
  | 'USD'
  | 'count'
  | 'days'
  | 'ratio'
  | 'cosine'
  | 'correlation'
  | 'moment';

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
