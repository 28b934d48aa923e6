/** What a kernel sees: one memory, program included, and where each space begins for the agent at hand. */
export interface Frame {
  readonly floats: Float32Array;
  /** The same memory as integers. */
  readonly bits: Int32Array;
  /** First float of each space. */
  readonly bases: Int32Array;
}

/** Runs the instruction whose first word is `bits[at]`. */
export type Kernel = (frame: Frame, at: number) => void;

/** Index into the memory of the operand in `bits[at]`. */
export function place({ bits, bases }: Frame, at: number): number {
  const word = bits[at]!;
  return bases[word >>> 24]! + (word & 0xffffff);
}
