import { createCipheriv, hkdfSync } from 'node:crypto';

/** Bytes derived from a secret for one purpose (HKDF-SHA256).
 * @source Krawczyk & Eronen 2010, RFC 5869
 */
export const derive = (secret: Uint8Array, purpose: string, bytes: number): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), purpose, bytes));

/** A key stream of any length: AES-256 in counter mode over zeros. */
export function keyStream(key: Uint8Array, bytes: number): Uint8Array {
  const cipher = createCipheriv('aes-256-ctr', key, new Uint8Array(16));
  return new Uint8Array(cipher.update(new Uint8Array(bytes)));
}

/** Words of a mask, from the seed that two institutions share or one has of its own. */
export function maskWords(seed: Uint8Array, purpose: string, words: number): Uint32Array {
  const bytes = keyStream(derive(seed, purpose, 32), 4 * words);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: words }, (_, k) => view.getUint32(4 * k, true));
}
