/** The vocabulary an architecture is written in: functions on traced tensors. */
export {
  add,
  divide,
  exp,
  log,
  multiply,
  relu,
  scale,
  scaleBy,
  sigmoid,
  subtract,
  tanh,
} from './elementwise.js';
export { attention, type AttentionShape } from './attention.js';
export { constant } from './constant.js';
export { addRow, affine, affineRelu, affineSum, matmul } from './linear.js';
export { lstmCell, type LstmState } from './lstm-cell.js';
export { huberLoss, meanSquaredError } from './losses.js';
export { layerNorm, softmax } from './normalising.js';
export { broadcast, dot, mean, sum } from './reductions.js';
export { daysAsRows, lastOfEach, reshape } from './sequence.js';
export { concatColumns, concatRows, sliceColumns, sliceRows } from './shaping.js';
