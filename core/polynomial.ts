/** Polynomial with coefficients from the constant upwards, by Horner's rule. */
export function polynomial(coefficients: ArrayLike<number>, x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i -= 1) value = value * x + coefficients[i]!;
  return value;
}

/** Polynomial of degree 7, unrolled: the hot quantile costs half of what the loop does. */
export function polynomial7(
  x: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  c4: number,
  c5: number,
  c6: number,
  c7: number,
): number {
  return ((((((c7 * x + c6) * x + c5) * x + c4) * x + c3) * x + c2) * x + c1) * x + c0;
}
