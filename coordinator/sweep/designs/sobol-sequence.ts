/** Degree s, coefficients a and first direction numbers m of each primitive polynomial, from the second dimension.
 * @source Joe & Kuo 2008, SIAM Journal on Scientific Computing 30(5) (new-joe-kuo-6)
 */
const polynomials: readonly (readonly [number, number, readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
];

/** Dimensions that direction numbers are kept for. */
export const sobolDimensions = polynomials.length + 1;

const bits = 32;

/** Direction numbers of a dimension, as 32-bit fractions. */
function directions(dimension: number): Uint32Array {
  const v = new Uint32Array(bits);
  const polynomial = polynomials[dimension - 1];
  if (!polynomial) return v.map((_, i) => 1 << (bits - 1 - i));
  const [s, a, m] = polynomial;
  for (let i = 0; i < bits; i++) {
    if (i < s) {
      v[i] = m[i]! << (bits - 1 - i);
      continue;
    }
    let next = v[i - s]! ^ (v[i - s]! >>> s);
    for (let k = 1; k < s; k++) if ((a >>> (s - 1 - k)) & 1) next ^= v[i - k]!;
    v[i] = next;
  }
  return v;
}

/** Points of a dimension of Sobol's sequence, as 32-bit fractions, in the order of Gray's code.
 * @source Sobol 1967, USSR Computational Mathematics 7(4); Antonov & Saleev 1979 for the order
 */
export function sobolFractions(dimension: number, count: number): Uint32Array {
  const v = directions(dimension);
  const points = new Uint32Array(count);
  for (let n = 1; n < count; n++) {
    const lowestZero = 31 - Math.clz32(~(n - 1) & n);
    points[n] = points[n - 1]! ^ v[lowestZero]!;
  }
  return points;
}
