// The portable mathematics of Herdscope, in float64: built on + - * / sqrt and bit casts alone, which IEEE 754
// fixes to the last bit, so a run gives the same bytes on every engine (Math.exp and its kin do not).
export { exp, expm1, sigmoid, tanh } from './exponential.js';
export { log, log10, log1p, log2 } from './logarithm.js';
export { pow } from './power.js';
export { cos, sin } from './trigonometry.js';
export { erf, erfc } from './error-function.js';
export { normalCdf, normalPdf, normalQuantile } from './normal-law.js';
export { lgamma } from './gamma-function.js';
export { incompleteBeta, studentTCdf } from './student-law.js';
export { BLOCK, blockSum, dot, sum } from './summation.js';
export { correlation, logSumExp, mean, quantile, quantileOfSorted, variance } from './descriptive.js';
