/** What a kernel sees: one memory, the program, and where each space begins for the agent at hand. */
export interface Frame {
  readonly floats: Float32Array;
  /** The same memory as integers. */
  readonly bits: Int32Array;
  readonly code: Int32Array;
  /** The program's words as floats, for immediate values. */
  readonly immediates: Float32Array;
  /** First float of each space. */
  readonly bases: Int32Array;
}

/** Runs the instruction whose first word is `code[at]`. */
export type Kernel = (frame: Frame, at: number) => void;

/** Index into the memory of the operand in `code[at]`. */
export function place({ code, bases }: Frame, at: number): number {
  const word = code[at]!;
  return bases[word >>> 24]! + (word & 0xffffff);
}
