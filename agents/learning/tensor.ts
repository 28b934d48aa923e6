import type { Space } from './instructions.js';
import type { Trace } from './trace.js';

/** A stretch of floats in one space; scratch gets its offset only when the program is assembled. */
export interface Buffer {
  readonly space: Space;
  readonly size: number;
  readonly offset: number;
  /** Kept: must outlive the program (an output that the host reads). */
  readonly lifetime: 'temporary' | 'kept';
}

export interface Operand {
  readonly buffer: Buffer;
  readonly offset: number;
}

/** A matrix of static shape on a trace. Its columns are padded to `stride`; padding never reaches a real value. */
export interface Tensor {
  readonly trace: Trace;
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly stride: number;
  readonly at: Operand;
  /** Whether a gradient flows into it. */
  readonly tracked: boolean;
}

export const padded = (columns: number): number => (columns + 3) & ~3;

/** Floats in the tensor's storage, padding included. */
export const storage = (tensor: Tensor): number => tensor.rows * tensor.stride;

export const shape = (tensor: Tensor): string => `${tensor.name} [${tensor.rows}, ${tensor.columns}]`;

/** Thrown while tracing: the architecture's author multiplied or added what does not fit. */
export class ShapeMismatch extends Error {
  constructor(operation: string, ...tensors: readonly Tensor[]) {
    super(`${operation}: shapes do not fit: ${tensors.map(shape).join(', ')}`);
    this.name = 'ShapeMismatch';
  }
}

export function requireShape(operation: string, fits: boolean, ...tensors: readonly Tensor[]): void {
  if (!fits) throw new ShapeMismatch(operation, ...tensors);
}

/** Elementwise kernels run over whole storage; a strided view has to be copied first. */
export const isContiguous = (tensor: Tensor): boolean => tensor.stride === padded(tensor.columns);
