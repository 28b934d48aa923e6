import type { z } from 'zod';
import type { Stream } from '../random.js';

/** An update as it travels, and what is kept back for the next. */
export interface Packed {
  readonly bytes: Uint8Array;
  readonly residual: Float32Array;
}

/** A way to make updates smaller on the wire. */
export interface Compression<Options = never> {
  readonly summary: string;
  readonly source: string;
  readonly options: z.ZodType<Options>;
  /** Whether updates travel as they are, float32 by float32. */
  readonly whole: boolean;
  /** @param residual what earlier updates held back; as long as the update */
  readonly pack: (update: Float32Array, residual: Float32Array, options: Options, draws: Stream) => Packed;
  /** The update that bytes stand for; undefined where they stand for none of this length. */
  readonly unpack: (bytes: Uint8Array, length: number) => Float32Array | undefined;
}

/** Gives a way its types where it is defined and forgets them where ways are listed. */
export const compression = <Options>(definition: Compression<Options>): Compression =>
  definition as unknown as Compression;
