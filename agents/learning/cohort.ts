import type { Stream } from '../../core/random.js';

/** An institution's training rows, stored as the caller likes. */
export interface Samples {
  readonly count: number;
  /** Writes row `sample` (the architecture's row width) at `into[offset]` and returns its target.
   * `into` is engine memory: write, do not keep. Where `rowsPerSample` > 1, the rows of one day are
   * consecutive and `count` is a multiple of it.
   */
  readonly gather: (sample: number, into: Float32Array, offset: number) => number;
  /** What is learned in place of the targets, sample by sample. Errors are measured on the targets all the same: what a
   * model says of its uncertainty is about what happens, not about its teacher. */
  readonly taught?: Float32Array;
}

/** One named penalty of the loss: its weight, and the extra tensors it reads. */
export interface PenaltyTerm {
  readonly weight: number;
  readonly inputs?: Readonly<Record<string, Float32Array>>;
}

/** Training on inputs moved to where they hurt most (agents/learning/adversary.ts). */
export interface Adversary {
  /** How far each input may be moved. */
  readonly radius: number;
  /** Share of the loss that is taken there, the rest where the inputs are. */
  readonly share: number;
}

/** Training by noised gradients (agents/learning/train-private.ts). */
export interface PrivateTraining {
  /** Bound C on the length of one example's gradient. */
  readonly clip: number;
  /** Standard deviation of the noise on a lot's sum of gradients, over the bound: σ. */
  readonly noiseMultiplier: number;
  /** Where the noise is drawn from. */
  readonly noise: Stream;
}

export interface TrainingRequest {
  readonly samples: Samples;
  /** Minibatch steps. */
  readonly steps: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Where minibatches (and dropout masks) are drawn from. */
  readonly stream: Stream;
  readonly penalties?: Readonly<Record<string, PenaltyTerm>>;
  readonly adversary?: Adversary;
  /** Hides every example in what is learned; minibatches are then lots, drawn example by example. */
  readonly privacy?: PrivateTraining;
}

export interface TrainingResult {
  /** Mean loss over the call's minibatches, penalties apart. */
  readonly loss: number;
  /** Length of the last step's gradient, penalties included; absent where nothing is differentiated. */
  readonly gradientNorm?: number;
  /** Rows seen. */
  readonly examples: number;
  /** Mean of each penalty, unweighted. */
  readonly penalties: Readonly<Record<string, number>>;
}

export interface ForecastResult {
  readonly mean: Float32Array;
  readonly stdDev: Float32Array;
  /** Hidden representation, rows x `representationWidth`, where the architecture has one. */
  readonly representation?: Float32Array;
}

/** One matrix of an agent's parameters. */
export interface ParameterTensor {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
}

/** What a small change of the forecasts is worth, carried back to what they were made of. */
export interface PulledBack {
  readonly mean: Float32Array;
  /** Jᵀ c over the parameters, in the order the architecture declares them. */
  readonly parameters: Float32Array;
  /** Jᵀ c over the inputs. */
  readonly inputs: Float32Array;
}

/** FLOPs of a refit: so many, and so many more with every row. */
export interface RefitFlops {
  readonly flops: number;
  readonly flopsPerRow: number;
  /** There where the rows decide how much is computed, and this is the most that it may be. */
  readonly isMost?: true;
}

/** The minds of one architecture that a host computes together; which agents share a cohort changes no result. */
export interface Cohort {
  /** Real (not padded) parameters of one agent. */
  readonly parameterCount: number;
  /** Trees, where the parameters are equal blocks of them: a block is taken whole or not at all. */
  readonly blocks?: number;
  readonly flopsPerForecast: number;
  /** 0 where nothing is learned step by step. */
  readonly flopsPerTrainingStep: (batchSize: number) => number;
  /** Where training fits all rows anew instead, however many steps are asked for. */
  readonly refit?: RefitFlops;
  /** 0 where there is no hidden representation. */
  readonly representationWidth: number;
  /** Rows that belong together, in training and forecast alike: 1, or all assets of a day. */
  readonly rowsPerSample: number;
  /** Draws the agent's parameters and forgets its moments. */
  readonly initialise: (agent: number, stream: Stream) => void;
  /** A copy, in the order the architecture declares them. */
  readonly parameters: (agent: number) => Float32Array;
  /** Replaces the parameters; the optimiser's moments stay, for they stay at home. */
  readonly setParameters: (agent: number, values: Float32Array) => void;
  /** Throws NonFinite, with the agent as it was before, when a value is no number. */
  readonly train: (agent: number, request: TrainingRequest) => TrainingResult;
  readonly forecast: (agent: number, inputs: Float32Array, rows: number) => ForecastResult;
  /** How its parameters divide into matrices, in order; absent where it is not differentiated. */
  readonly tensors?: readonly ParameterTensor[];
  /** What its parameters hold, in order, where it is not differentiated. */
  readonly contents?: readonly ParameterTensor[];
  /** Carries a cotangent of the forecasts back to parameters and inputs; absent where it is not differentiated. */
  readonly pullBack?: (agent: number, inputs: Float32Array, cotangent: Float32Array) => PulledBack;
  /** Everything that the agent's future depends on. */
  readonly saveState: (agent: number) => Uint8Array;
  readonly loadState: (agent: number, bytes: Uint8Array) => void;
}

/** What a cohort's parameters hold, in order. */
export const partsOf = ({ tensors, contents }: Cohort): readonly ParameterTensor[] =>
  tensors ?? contents ?? [];
