import type { Segment } from './segment.js';

/** A statistic over some of the segments it was prepared for, by their places; NaN where it is undefined. */
export type Pooled = (at: ArrayLike<number>) => number;

/** A stylized fact: what is measured, and between what values real markets lie. */
export interface Fact {
  readonly label: string;
  /** One plain sentence. */
  readonly meaning: string;
  /** Least and largest value that counts as realistic. */
  readonly low: number;
  readonly high: number;
  /** Where the range comes from. */
  readonly source: string;
  /** Does once for each segment what can be done by segment. */
  readonly prepare: (segments: readonly Segment[]) => Pooled;
}

interface Definition<S> extends Omit<Fact, 'prepare'> {
  readonly summarise: (segment: Segment) => S | null;
  readonly combine: (parts: readonly S[]) => number;
}

/** A fact from a summary of each segment and the value of summaries together: segments of one law are one sample.
 * A segment that has no summary is left out; where none has one, the fact is undefined. */
export const fact = <S>({ summarise, combine, ...described }: Definition<S>): Fact => ({
  ...described,
  prepare: (segments) => {
    const parts = segments.map(summarise);
    return (at) => {
      const chosen = Array.from(at, (i) => parts[i]).filter((part) => part != null);
      return chosen.length === 0 ? NaN : combine(chosen);
    };
  },
});

/** Whether a value lies in a fact's range; an undefined one does not. */
export const holds = ({ low, high }: Pick<Fact, 'low' | 'high'>, value: number): boolean =>
  value >= low && value <= high;
