// Addressed randomness: what a draw is worth depends on its address (seed, purpose, entity, day, round) and its place
// in that stream, never on who drew before. Adding an institution or a worker shifts nobody else's draws.
import { openStream, type Stream } from './stream.js';
import { streamKey } from './stream-key.js';

export { openStream, type Stream } from './stream.js';
export { assertDistinctAddresses, streamKey, type Address, type StreamKey } from './stream-key.js';

/** Where a stream of random numbers lives. */
export interface StreamAddress {
  /** Whole number from 0 to 2^53 - 1. */
  readonly seed: number;
  /** What the numbers are for: 'returns', 'signal-noise'. */
  readonly purpose: string;
  /** For whom: an id, or nothing for a draw that is everybody's. */
  readonly entity?: string;
  readonly day?: number;
  readonly round?: number;
}

/** The stream at an address, from its first number. */
export function stream({ seed, purpose, entity = '', day = 0, round = 0 }: StreamAddress): Stream {
  return openStream(streamKey(seed, purpose, entity), day, round);
}
