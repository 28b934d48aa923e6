import { kernelTable, type Rows } from '../../../core/kernel-table.js';
import { exp, quantile } from '../../../core/numeric.js';
import { pairList } from '../pairs.js';

function squaredDistance(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let k = 0; k < a.length; k++) total += (a[k]! - b[k]!) ** 2;
  return total;
}

/** Median Euclidean distance between two samples: the usual width of a Gaussian kernel. */
export const medianDistance = (rows: Rows): number =>
  quantile(
    pairList(rows, (a, b) => Math.sqrt(squaredDistance(a, b))),
    0.5,
  );

/** Gaussian kernel. @formula e^{−‖a−b‖²/(2σ²)} */
export const gaussianTable = (rows: Rows, sigma: number): Float64Array =>
  kernelTable(rows, (a, b) => exp(-squaredDistance(a, b) / (2 * sigma ** 2)));
