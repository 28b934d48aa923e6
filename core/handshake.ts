import { z } from 'zod';

const id = z.string().min(1).max(200);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What a host says of itself before it is let in. Its token travels in the Authorization header. */
export const handshakeSchema = z.strictObject({
  protocol: z.int(),
  /** The institutions it runs: by name, or the index-th (from 1) of so many equal parts of the roster. */
  seats: z.union([
    z.strictObject({ institutions: z.array(id).min(1).max(100_000) }),
    z.strictObject({ part: z.int().min(1), of: z.int().min(1).max(100_000) }),
  ]),
  /** SHA-256 of the resolved scenario that it means to be part of. */
  scenario: hash.optional(),
  /** What it still has of a run that it was part of. */
  holds: z.strictObject({
    /** Drawn by the process when it starts: by which it is known when it connects again. */
    key: z.string().regex(/^[0-9a-f]{32}$/),
    /** The last request that it answered; -1: none. */
    answered: z.int().min(-1),
    /** States that it saved. */
    saved: z.array(z.strictObject({ day: z.int().min(0), hash })).max(16),
  }),
});

export type Handshake = z.infer<typeof handshakeSchema>;

/** What a host that comes back still has. */
export type Holdings = Handshake['holds'];

/** A message with its number, answered by a reply. */
export const messageEvent = 'message';

/** The run has ended; why, where that was before its end. */
export const endEvent = 'end-of-run';

/** How a run ended; nothing is said of one that was interrupted and may go on. */
export type Ending = { readonly over: true } | { readonly over: false; readonly reason: string };

/** No message is larger than this; larger ones are dropped before they are read. */
export const largestMessageBytes = 2 ** 27;

/** Whoever shows no token that is known here can send no more than a handshake. */
export const largestHandshakeBytes = 2 ** 16;

/** Milliseconds for a goodbye: whoever is frozen or cut off never says it, and must not hold up the end. */
export const goodbyeMs = 1000;
