import { centred, unbiasedCentred } from './centring.js';
import { centredRows, linearTable } from './kernel-table.js';
import { dot } from './numeric.js';

/** Hidden representations are compared on so many of the probes, the first: kernels grow with their square. */
const compared = 32;

const comparedOf = (probes: number): number => Math.min(probes, compared);

/** Numbers in the kernel of a representation of so many probes: pairs of those that are compared. */
export const kernelWidth = (probes: number): number => (comparedOf(probes) * (comparedOf(probes) - 1)) / 2;

/** What a model makes of the probes, blind to rotation and scale: the linear kernel of its hidden representation, centred
 * without bias, its upper half scaled to length 1, so that the inner product of two kernels is the representations'
 * unbiased linear CKA.
 * @formula U(X X') / ‖U(X X')‖, i < j
 * @shape   representation (probes, width), result (n(n−1)/2), n = min(probes, 32)
 * @range   0 throughout where the model has no representation, one that does not vary, or fewer than 4 probes
 * @source  Kornblith, Norouzi, Lee & Hinton 2019, ICML; Nguyen, Raghu & Kornblith 2021, ICLR (unbiased)
 */
export function representationKernel(representation: Float32Array | undefined, probes: number): Float32Array {
  const n = comparedOf(probes);
  const kernel = new Float32Array(kernelWidth(probes));
  if (!representation || n < 4) return kernel;
  const width = representation.length / probes;
  const rows = Array.from({ length: n }, (_, i) => representation.subarray(i * width, (i + 1) * width));
  const table = centred(linearTable(centredRows(rows)), n, unbiasedCentred);
  if (!table) return kernel;
  const upper = new Float64Array(kernel.length);
  let at = 0;
  for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) upper[at++] = table[i * n + j]!;
  const length = Math.sqrt(dot(upper, upper));
  for (at = 0; at < kernel.length; at++) kernel[at] = upper[at]! / length;
  return kernel;
}

/** Mean similarity of each model's representation to the others', without going through the pairs.
 * @formula (k_i · Σ_j k_j − k_i · k_i) / (N − 1)
 * @shape   kernels N, as `representationKernel` gives them
 * @range   about 0 for independent representations, at most 1; NaN where N < 2
 */
export function meanSimilarities(kernels: readonly Float32Array[]): Float64Array {
  const total = new Float64Array(kernels[0]?.length ?? 0);
  for (const kernel of kernels) for (let at = 0; at < kernel.length; at++) total[at]! += kernel[at]!;
  return Float64Array.from(kernels, (kernel) => {
    let others = 0;
    for (let at = 0; at < kernel.length; at++) others += kernel[at]! * (total[at]! - kernel[at]!);
    return others / (kernels.length - 1);
  });
}
