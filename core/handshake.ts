import { z } from 'zod';

const id = z.string().min(1).max(200);

/** What a host says of itself before it is let in. */
export const handshakeSchema = z.strictObject({
  protocol: z.int(),
  token: z.string().max(1000).optional(),
  /** The institutions it runs: by name, or the index-th (from 1) of so many equal parts of the roster. */
  seats: z.union([
    z.strictObject({ institutions: z.array(id).min(1).max(100_000) }),
    z.strictObject({ part: z.int().min(1), of: z.int().min(1).max(100_000) }),
  ]),
});

export type Handshake = z.infer<typeof handshakeSchema>;

/** The one event that passes between a coordinator and its hosts: a message, answered by a reply. */
export const messageEvent = 'message';

/** No message is larger than this; larger ones are dropped before they are read. */
export const largestMessageBytes = 2 ** 27;

/** Silence after which the other side is taken for gone: training may keep a host busy for long. */
export const silenceMilliseconds = 120_000;
