import type { Optimiser } from './optimisers.js';
import type { Tensor } from './tensor.js';
import type { Trace } from './trace.js';

/** What an architecture's function on the trace returns: a column of forecasts, and what it thinks in. */
export interface Thought {
  readonly mean: Tensor;
  readonly representation?: Tensor;
}

/** An architecture with its sizes fixed: everything that the engine needs to train it. */
export interface Network {
  readonly architecture: string;
  /** Numbers in one input row. */
  readonly rowWidth: number;
  /** Rows that belong together. */
  readonly rowsPerSample: number;
  /** 0 where there is no hidden representation. */
  readonly representationWidth: number;
  readonly forward: (trace: Trace, inputs: Tensor) => Thought;
  readonly loss: (mean: Tensor, targets: Tensor) => Tensor;
  readonly optimiser: Optimiser;
}
