import { keyBytes } from './agreement.js';
import { sealedBytes } from './sealing.js';
import { shareBytes } from './seed-shares.js';

/** Bytes of a member's public keys: one to seal shares, one to agree on masks. */
export const publicBytes = 2 * keyBytes;

/** Bytes of what one member seals for another: a share of each of its two seeds. */
export const parcelBytes = sealedBytes(2 * shareBytes);

/** Fewest that a sum hides each other in: of two, either knows the other. */
export const fewest = 3;
