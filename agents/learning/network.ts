import type { Stream } from '../../core/random.js';
import type { Optimiser } from './optimisers.js';
import type { Tensor } from './tensor.js';
import type { Trace } from './trace.js';

/** What an architecture's function on the trace returns: a column of forecasts, and what it thinks in. */
export interface Thought {
  readonly mean: Tensor;
  readonly representation?: Tensor;
}

/** A further input of every row that the host makes, such as a dropout mask or an asset's neighbours. */
export interface DerivedInput {
  readonly name: string;
  readonly columns: number;
  /** FLOPs of filling the rows of one sample. */
  readonly flops: number;
  /** Fills the rows of one sample in training. `rows` holds its input rows, side by side. */
  readonly train: (rows: Float32Array, into: Float32Array, stream: Stream) => void;
  /** The same in forecasting, which has no randomness but what `pass` addresses. */
  readonly forecast: (rows: Float32Array, into: Float32Array, pass: number) => void;
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
  readonly derived?: readonly DerivedInput[];
  /** Forward passes that a forecast is the mean of, their spread added to its deviation; 1 unless given. */
  readonly passes?: number;
}

/** FLOPs that the host spends on what it derives from one sample. */
export const derivedFlops = ({ derived = [] }: Network): number =>
  derived.reduce((sum, { flops }) => sum + flops, 0);

/** Rows of a minibatch: at least `batchSize`, and no sample cut in two. */
export const wholeSamples = ({ rowsPerSample }: Network, batchSize: number): number =>
  Math.ceil(batchSize / rowsPerSample) * rowsPerSample;
