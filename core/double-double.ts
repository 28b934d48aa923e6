/** An unevaluated sum high + low, |low| <= ulp(high)/2: about 106 bits. */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

/** high + low renormalised; needs |high| >= |low|, or high = 0. */
export function normalised(high: number, low: number): DoubleDouble {
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

/** What rounding lost in sum = a + b (Knuth). */
export function sumError(a: number, b: number, sum: number): number {
  const shadow = sum - a;
  return a - (sum - shadow) + (b - shadow);
}

/** What rounding lost in product = a b (Dekker); each below 2^996 in size. */
export function productError(a: number, b: number, product: number): number {
  const aSplit = 134217729 * a;
  const aHigh = aSplit - (aSplit - a);
  const aLow = a - aHigh;
  const bSplit = 134217729 * b;
  const bHigh = bSplit - (bSplit - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
}

/** a b. */
export function times(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = a.high * b.high;
  const error = productError(a.high, b.high, product);
  return normalised(product, error + (a.high * b.low + a.low * b.high));
}
