import type { Compression } from './compression.js';
import { int8 } from './int8.js';
import { none } from './none.js';
import { topKCompression } from './top-k.js';

/** Ways to make updates smaller on the wire, by the name a scenario gives. */
export const compressions = {
  none,
  'top-k': topKCompression,
  int8,
} satisfies Record<string, Compression>;

/** The way that a scenario or a brief names. */
export const compressionOf = ({ method }: { readonly method: string }): Compression<unknown> =>
  compressions[method as keyof typeof compressions] as unknown as Compression<unknown>;
