/** An unbroken stretch of daily returns, and what belongs to it: one run's, or one of a real series. */
export interface Segment {
  /** Log returns of the index or asset in question. */
  readonly returns: Float64Array;
  /** Returns less their conditional mean over their conditional standard deviation; null where no law was fitted. */
  readonly residuals: Float64Array | null;
  /** Volume of each day; null where nobody traded. */
  readonly volume: Float64Array | null;
  /** Pairs of assets whose returns are correlated: all pairs for an index, those with an asset for an asset. */
  readonly pairs: readonly (readonly [Float64Array, Float64Array])[];
}

/** Takes conditional volatility out of returns; null where its law cannot be fitted. */
export type Standardise = (returns: Float64Array) => Float64Array | null;

/** Segments one after another. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
