import { createCipheriv, createDecipheriv } from 'node:crypto';
import { derive } from './derive.js';

const tagBytes = 16;

/** Bytes of a sealed message of so many bytes. */
export const sealedBytes = (bytes: number): number => bytes + tagBytes;

/** A key is for one message only, so the nonce need not vary. */
const nonce = new Uint8Array(12);

/** Encrypts for whoever has the same secret (AES-256-GCM, a key for this purpose alone). */
export function seal(secret: Uint8Array, purpose: string, message: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-gcm', derive(secret, purpose, 32), nonce);
  return Buffer.concat([cipher.update(message), cipher.final(), cipher.getAuthTag()]);
}

/** What was sealed; undefined where it was not sealed with this secret for this purpose. */
export function opened(secret: Uint8Array, purpose: string, sealed: Uint8Array): Uint8Array | undefined {
  const decipher = createDecipheriv('aes-256-gcm', derive(secret, purpose, 32), nonce);
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}
