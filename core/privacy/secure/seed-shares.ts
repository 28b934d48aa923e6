import { shamirPrime, shamirShare, weighedSecret } from '../shamir.js';
import { keyStream } from './derive.js';

/** A seed of 128 bits is shared in pieces that the field holds: 7, 7 and 2 bytes. */
export const seedBytes = 16;
const pieces = [7, 7, 2] as const;
const pieceBytes = 8;

/** Bytes of one share of a seed. */
export const shareBytes = pieces.length * pieceBytes;

const toNumber = (bytes: Uint8Array): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** Numbers drawn evenly from the field, from a key stream: 61 bits each, of which the one too large is drawn again. */
function fieldNumbers(key: Uint8Array, count: number): bigint[] {
  // One in 2⁶¹ is thrown away: eight to spare are never used up.
  const bytes = keyStream(key, pieceBytes * (count + 8));
  const drawn = Array.from(
    { length: count + 8 },
    (_, k) => toNumber(bytes.subarray(pieceBytes * k, pieceBytes * (k + 1))) & shamirPrime,
  );
  return drawn.filter((number) => number < shamirPrime).slice(0, count);
}

/** Shares of a seed for some places (from 0), any `threshold` of which give it.
 * @param key from which the polynomials are drawn; whoever knows it knows the seed
 * @shape seed (16); result a share (24) for each place
 */
export function seedShares(
  seed: Uint8Array,
  key: Uint8Array,
  threshold: number,
  places: readonly number[],
): Uint8Array[] {
  const numbers = fieldNumbers(key, pieces.length * (threshold - 1));
  const shares = places.map(() => new Uint8Array(shareBytes));
  let from = 0;
  pieces.forEach((bytes, piece) => {
    const secret = toNumber(seed.subarray(from, (from += bytes)));
    const rest = numbers.slice(piece * (threshold - 1), (piece + 1) * (threshold - 1));
    places.forEach((place, k) => {
      const [, y] = shamirShare([secret, ...rest], BigInt(place + 1));
      new DataView(shares[k]!.buffer).setBigUint64(piece * pieceBytes, y);
    });
  });
  return shares;
}

/** The seed behind shares, given what each counts for (shamirWeights of their places); undefined where they are of
 * no seed.
 * @shape shares t (24); result (16)
 */
export function seedOf(shares: readonly Uint8Array[], weights: readonly bigint[]): Uint8Array | undefined {
  const seed = new Uint8Array(seedBytes);
  let at = 0;
  for (const [piece, bytes] of pieces.entries()) {
    const values = shares.map((share) =>
      new DataView(share.buffer, share.byteOffset).getBigUint64(piece * pieceBytes),
    );
    let secret = weighedSecret(values, weights);
    if (secret >> BigInt(8 * bytes) !== 0n) return undefined;
    for (let k = bytes - 1; k >= 0; k--, secret >>= 8n) seed[at + k] = Number(secret & 0xffn);
    at += bytes;
  }
  return seed;
}
