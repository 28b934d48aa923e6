import { remainder } from './masks.js';

/** The Mersenne prime 2⁶¹ − 1, the field of the shares. */
export const shamirPrime = (1n << 61n) - 1n;

/** A share: the polynomial's value at x ≠ 0. */
export type Share = readonly [x: bigint, y: bigint];

const inField = (value: bigint): bigint => remainder(value, shamirPrime);

/** a^(p−2) = a⁻¹ by Fermat, by squaring. */
function inverse(value: bigint): bigint {
  let [base, result] = [inField(value), 1n];
  for (let power = shamirPrime - 2n; power > 0n; power >>= 1n) {
    if (power & 1n) result = inField(result * base);
    base = inField(base * base);
  }
  return result;
}

/** Shares of a secret at x = 1, 2, ..., n.
 * @formula y = s + a₁x + ... + a_{t−1}x^{t−1} mod p
 * @shape   coefficients [s, a₁, ..., a_{t−1}]; result n shares, any t of which give s
 * @source  Shamir 1979, CACM 22(11)
 * @pitfall the coefficients after the first must be drawn evenly from the whole field, from a secret source
 */
export const shamirShares = (coefficients: readonly bigint[], count: number): Share[] =>
  Array.from({ length: count }, (_, k) => shamirShare(coefficients, BigInt(k + 1)));

/** The share at one place x. */
export const shamirShare = (coefficients: readonly bigint[], x: bigint): Share => [
  x,
  coefficients.reduceRight((sum, coefficient) => inField(sum * x + coefficient), 0n),
];

/** What each share counts for in the secret, by the places of the shares: the Lagrange polynomials at 0.
 * @formula λ_i = Π_{j≠i} x_j/(x_j − x_i) mod p
 */
export function shamirWeights(places: readonly bigint[]): bigint[] {
  if (new Set(places).size < places.length) throw new RangeError('shares must be of different places');
  return places.map((x) => {
    const others = places.filter((other) => other !== x);
    const above = others.reduce((product, other) => inField(product * other), 1n);
    const below = others.reduce((product, other) => inField(product * (other - x)), 1n);
    return inField(above * inverse(below));
  });
}

/** The secret behind values of shares, given what each counts for. */
export const weighedSecret = (values: readonly bigint[], weights: readonly bigint[]): bigint =>
  values.reduce((secret, y, i) => inField(secret + y * weights[i]!), 0n);

/** The secret behind shares, by Lagrange interpolation at 0.
 * @formula Σ_i y_i Π_{j≠i} x_j/(x_j − x_i) mod p
 * @pitfall fewer shares than the threshold give a wrong number, not an error; places must differ
 */
export const shamirSecret = (shares: readonly Share[]): bigint =>
  weighedSecret(
    shares.map(([, y]) => y),
    shamirWeights(shares.map(([x]) => x)),
  );
