import { philox } from './philox.js';

/** 64 bits that name a stream of random numbers: the hash of (seed, purpose, entity). */
export interface StreamKey {
  readonly low: number;
  readonly high: number;
}

/** What a stream is for, and for whom: ['returns', 'bank-07']. */
export type Address = readonly [purpose: string, entity: string];

/** Hash of (seed, purpose, entity).
 * The words of the message pass four at a time through Philox under the key so far, whose first two words of output
 * are the next key: both lanes mix every bit. The message starts with the lengths of both texts, so that no two
 * addresses spell the same message.
 * @range  seed a whole number in [0, 2^53 - 1]
 */
export function streamKey(seed: number, purpose: string, entity = ''): StreamKey {
  if (!(Number.isSafeInteger(seed) && seed >= 0))
    throw new RangeError(`seed ${seed} is not a whole number from 0 to 2^53 - 1`);
  const text = purpose + entity;
  const key = new Uint32Array(4);
  philox(key, seed | 0, Math.floor(seed / 2 ** 32), purpose.length, entity.length, 0x243f6a88, 0x85a308d3);
  for (let at = 0; at < text.length; at += 8) {
    philox(
      key,
      unitPair(text, at),
      unitPair(text, at + 2),
      unitPair(text, at + 4),
      unitPair(text, at + 6),
      key[0]!,
      key[1]!,
    );
  }
  return { low: key[0]!, high: key[1]! };
}

/** Two UTF-16 code units in one word, zero past the end. */
function unitPair(text: string, at: number): number {
  return text.charCodeAt(at) | 0 | ((text.charCodeAt(at + 1) | 0) << 16);
}

/** Throws if two different addresses share a key, naming both: their draws would be the same. */
export function assertDistinctAddresses(seed: number, addresses: Iterable<Address>): void {
  const owners = new Map<bigint, Address>();
  for (const address of addresses) {
    const { low, high } = streamKey(seed, ...address);
    const key = (BigInt(high) << 32n) | BigInt(low);
    const owner = owners.get(key);
    if (owner && (owner[0] !== address[0] || owner[1] !== address[1]))
      throw new Error(`random streams ${spell(owner)} and ${spell(address)} collide under seed ${seed}`);
    owners.set(key, address);
  }
}

function spell([purpose, entity]: Address): string {
  return `("${purpose}", "${entity}")`;
}
