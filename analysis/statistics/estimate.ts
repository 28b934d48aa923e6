/** A number that a sample gives, and how well: no claim is made without the last two. */
export interface Estimate {
  readonly value: number;
  /** Null where the sample gives none. */
  readonly interval: readonly [number, number] | null;
  /** Replications it rests on. */
  readonly n: number;
}
