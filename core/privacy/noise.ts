/** Standard deviation of the Gaussian noise in a mean of clipped updates.
 * @formula z C / n
 * @range   ≥ 0, in the updates' unit
 * @source  McMahan et al. 2018, ICLR (arXiv 1710.06963)
 * @pitfall n is the number that the mean divides by; each of the n alone adds z C/√n to its own update
 */
export const meanNoiseStdDev = (noiseMultiplier: number, clip: number, clients: number): number =>
  (noiseMultiplier * clip) / clients;

/** A vector with independent Gaussian noise on each coordinate; `normal` draws a standard normal. */
export const addNoise = (values: ArrayLike<number>, stdDev: number, normal: () => number): Float64Array =>
  Float64Array.from(values, (value) => value + stdDev * normal());
