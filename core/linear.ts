// Dense linear algebra on flat row-major Float64Array matrices; bits are portable (+ - * / sqrt only).
export { cholesky, choleskySolve, NotPositiveDefinite } from './linear/cholesky.js';
export { inverse, Singular, solve } from './linear/lu.js';
export { symmetricEigen, type SymmetricEigen } from './linear/symmetric-eigen.js';
export { fromRows, matrixVector, multiply, toRows, transpose } from './linear/matrix.js';
export { covariance } from './linear/covariance.js';
