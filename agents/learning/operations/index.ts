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
export { constant } from './constant.js';
export { addRow, affine, affineRelu, affineSum, matmul } from './linear.js';
export { huberLoss, meanSquaredError } from './losses.js';
export { layerNorm, softmax } from './normalising.js';
export { broadcast, dot, mean, sum } from './reductions.js';
export { concatColumns, concatRows, sliceColumns, sliceRows } from './shaping.js';
