import { usageError } from '../errors.js';

/** One of equal parts of a sweep's runs. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/** Whether the run at a place in the plan belongs to a shard. */
export const inShard = (place: number, shard: Shard | undefined): boolean =>
  shard === undefined || place % shard.of === shard.index - 1;

/** Reads `i/n`. */
export function shardOf(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [index, of] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).slice(1).map(Number);
  if (index === undefined || of === undefined || index < 1 || index > of)
    throw usageError(`--shard ${text}: must be i/n, with i from 1 to n`);
  return { index, of };
}
