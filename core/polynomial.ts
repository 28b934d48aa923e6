/** Polynomial with coefficients from the constant upwards, by Horner's rule. */
export function polynomial(coefficients: ArrayLike<number>, x: number): number {
  let value = 0;
  for (let i = coefficients.length - 1; i >= 0; i -= 1) value = value * x + coefficients[i]!;
  return value;
}
