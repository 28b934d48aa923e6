import { needVolatilities } from '../need.js';
import { StrategyFailed } from '../strategy-failed.js';
import type { View } from '../view.js';

/** The correlation that assets are clustered on: the view's own where it is given, else the covariance's. */
export function correlationOf(view: View): Float64Array {
  const volatilities = needVolatilities(view);
  const correlation = view.correlation ?? scaled(view.covariance, volatilities);
  if (!correlation.every((value) => Math.abs(value) <= 1 + 1e-8))
    throw new StrategyFailed(
      'the covariance is not positive semidefinite: a correlation lies outside [−1, 1]',
    );
  return correlation;
}

function scaled(covariance: Float64Array, volatilities: Float64Array): Float64Array {
  const k = volatilities.length;
  const correlation = new Float64Array(k * k);
  for (let i = 0, at = 0; i < k; i++)
    for (let j = 0; j < k; j++, at++)
      correlation[at] = covariance[at]! / (volatilities[i]! * volatilities[j]!);
  return correlation;
}

/** Distance of two assets: 0 where they move as one, 1 where they move against each other.
 * @formula dᵢⱼ = √((1 − ρᵢⱼ)/2)
 * @source  López de Prado 2016, Journal of Portfolio Management 42(4)
 */
export function correlationDistance(correlation: Float64Array, k: number): Float64Array {
  return correlation.map((value, at) => (at % (k + 1) === 0 ? 0 : Math.sqrt(Math.max(0, 1 - value) / 2)));
}

/** Euclidean distance between the columns of a symmetric distance matrix. Two columns against two at a time: what is
 * read once serves twice, and no sum waits for another.
 */
export function columnDistance(distance: Float64Array, k: number): Float64Array {
  const between = new Float64Array(k * k);
  for (let i = 0; i < k; i += 2)
    for (let j = 0; j <= i; j += 2) {
      const [i1, j1] = [Math.min(i + 1, k - 1), Math.min(j + 1, k - 1)];
      const rows = [i * k, i1 * k, j * k, j1 * k] as const;
      const [s00, s01, s10, s11] = fourSquaredDistances(distance, k, ...rows);
      place(between, k, i, j, s00);
      place(between, k, i, j1, s01);
      place(between, k, i1, j, s10);
      place(between, k, i1, j1, s11);
    }
  return between;
}

function place(matrix: Float64Array, k: number, i: number, j: number, squared: number): void {
  matrix[i * k + j] = matrix[j * k + i] = Math.sqrt(squared);
}

/** Squared distances of rows a and b to rows c and d: ac, ad, bc, bd. */
function fourSquaredDistances(
  values: Float64Array,
  length: number,
  a: number,
  b: number,
  c: number,
  d: number,
): [number, number, number, number] {
  let ac = 0;
  let ad = 0;
  let bc = 0;
  let bd = 0;
  for (let t = 0; t < length; t++) {
    const atA = values[a + t]!;
    const atB = values[b + t]!;
    const atC = values[c + t]!;
    const atD = values[d + t]!;
    const ca = atA - atC;
    const da = atA - atD;
    const cb = atB - atC;
    const db = atB - atD;
    ac += ca * ca;
    ad += da * da;
    bc += cb * cb;
    bd += db * db;
  }
  return [ac, ad, bc, bd];
}
