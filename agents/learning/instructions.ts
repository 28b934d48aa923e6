/** Where an operand lives. Offsets inside a space are the same for every agent; only the bases move. */
export const SPACES = {
  parameter: 0,
  firstMoment: 1,
  secondMoment: 2,
  /** One minibatch: moves on with every step. */
  data: 3,
  /** Read by every step of a call. */
  shared: 4,
  scratch: 5,
  gradient: 6,
  /** What a step reports: losses and norms. */
  record: 7,
} as const;

export type Space = keyof typeof SPACES;

/** The instruction set. An instruction is [opcode, length, ...words]; the words of each are listed beside it.
 * `f:` marks a float32 stored by its bits, `@` an address (space << 24 | float offset).
 * The interpreter's assembly holds the same numbers; the laws run random programs through both.
 */
export const OPCODES = {
  end: 0,
  /** m n k @a rowStrideA columnStrideA @b strideB @c strideC @bias|-1 flags (1 accumulate, 2 relu) */
  gemm: 1,
  /** rows columns @from strideFrom @to strideTo: columns of `to` beyond `rows` become 0 */
  transpose: 2,
  /** rows n @from strideFrom @to accumulate */
  columnSum: 3,
  /** @to @gradient @output n */
  reluBackward: 4,
  /** @to @a n */
  relu: 5,
  tanh: 6,
  sigmoid: 7,
  exp: 8,
  log: 9,
  /** @to @gradient @output n */
  tanhBackward: 10,
  sigmoidBackward: 11,
  /** @to @a @b n */
  add: 12,
  subtract: 13,
  multiply: 14,
  divide: 15,
  /** @to @a @scalar|-1 f:factor n: to = a * (scalar * factor), or a * factor */
  scaleBy: 16,
  /** @to f:value n */
  fill: 17,
  /** rows columns @a strideA @b strideB f:factor @to: to[0] = factor * sum of a * b over real columns */
  dot: 18,
  /** rows columns @a strideA f:factor @to */
  sum: 19,
  /** rows columns @scalar f:factor @to strideTo: real columns = scalar * factor, padding = 0 */
  broadcast: 20,
  /** rows columns @from strideFrom @to strideTo paddedColumns: columns beyond `columns` up to `paddedColumns` become 0 */
  copy: 21,
  /** rows n @a strideA @row @to: adds one row to every row */
  addRow: 22,
  /** rows columns stride @prediction @target @clipped f:delta f:scale @to: Huber's loss and its slope */
  residualLoss: 23,
  /** rows columns stride @a @to */
  softmax: 24,
  /** rows columns stride @gradient @output @to */
  softmaxBackward: 25,
  /** rows columns stride @a @gain @shift @normalised @inverseDeviation @to */
  layerNorm: 26,
  /** rows columns stride @gradient @gain @normalised @inverseDeviation @toInput @gainTerms */
  layerNormBackward: 27,
  /** n @parameters @gradient @firstMoment @secondMoment @scalars (step size, epsilon, decay factor) f:beta1 f:beta2 */
  adam: 28,
  /** n @parameters @gradient @scalars (step size, unused, decay factor) */
  gradientDescent: 29,
  /** @from @to */
  record: 30,
  /** @a n: magnitudes below the smallest normal float32 become 0 */
  flush: 31,
  /** @a n @scalars (fourth: threshold): moves every entry towards 0 by the threshold, and stops there */
  shrink: 32,
  /** rows width @gates @cell @newCell @tanhCell @hidden: gates [in, forget, candidate, out] are activated in place */
  lstmCell: 33,
  /** rows width @gates @cell @tanhCell @gradientHidden @gradientCell (in and out) @toGates */
  lstmCellBackward: 34,
  /** samples length width heads span f:scale @queries @keys @values @weights @to: causal self-attention;
   * weights are [samples * heads * length, length padded] */
  attention: 35,
  /** samples length width heads span f:scale @queries @keys @values @weights @gradient @toQueries @toKeys @toValues @row */
  attentionBackward: 36,
} as const;

export type Opcode = (typeof OPCODES)[keyof typeof OPCODES];
