import { createPrivateKey, createPublicKey, diffieHellman, type KeyObject } from 'node:crypto';

/** What precedes the 32 bytes of a raw X25519 key in its standard forms (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');

/** Bytes of a public key. */
export const keyBytes = 32;

/** One side of a key agreement. */
export interface KeyPair {
  readonly publicKey: Uint8Array;
  readonly privateKey: KeyObject;
}

/** The X25519 pair whose private key is these 32 bytes.
 * @source Langley, Hamburg & Turner 2016, RFC 7748
 */
export function keyPair(secret: Uint8Array): KeyPair {
  const privateKey = createPrivateKey({
    key: Buffer.concat([privatePrefix, secret]),
    format: 'der',
    type: 'pkcs8',
  });
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return { privateKey, publicKey: new Uint8Array(spki.subarray(publicPrefix.length)) };
}

/** What two sides have in common and nobody else can know: the same from either side. */
export function agreed({ privateKey }: KeyPair, other: Uint8Array): Uint8Array {
  const publicKey = createPublicKey({
    key: Buffer.concat([publicPrefix, other]),
    format: 'der',
    type: 'spki',
  });
  return new Uint8Array(diffieHellman({ privateKey, publicKey }));
}
