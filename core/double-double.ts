/** An unevaluated sum high + low, |low| <= ulp(high)/2: about 106 bits. */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

/** high + low renormalised; needs |high| >= |low|. */
export function normalised(high: number, low: number): DoubleDouble {
  const sum = high + low;
  return { high: sum, low: low - (sum - high) };
}

/** The exact sum of two float64 numbers (Knuth). */
export function exactSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  const shadow = sum - a;
  return { high: sum, low: a - (sum - shadow) + (b - shadow) };
}

/** The exact product of two float64 numbers (Dekker); each below 2^996 in size. */
export function exactProduct(a: number, b: number): DoubleDouble {
  const aSplit = 134217729 * a;
  const aHigh = aSplit - (aSplit - a);
  const aLow = a - aHigh;
  const bSplit = 134217729 * b;
  const bHigh = bSplit - (bSplit - b);
  const bLow = b - bHigh;
  const product = a * b;
  return { high: product, low: aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow) };
}

/** a + b. */
export function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const high = exactSum(a.high, b.high);
  const low = exactSum(a.low, b.low);
  const first = normalised(high.high, high.low + low.high);
  return normalised(first.high, first.low + low.low);
}

/** a b. */
export function times(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = exactProduct(a.high, b.high);
  return normalised(product.high, product.low + (a.high * b.low + a.low * b.high));
}

/** a / b, by one correction of the float64 quotient. */
export function over(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const quotient = a.high / b.high;
  const back = times({ high: quotient, low: 0 }, b);
  const rest = a.high - back.high - back.low + a.low;
  return normalised(quotient, rest / b.high);
}
