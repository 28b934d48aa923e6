/** Sums of a segment from which autocorrelations about any centre follow, so that segments add up. */
export interface LaggedSums {
  readonly count: number;
  readonly total: number;
  readonly squares: number;
  /** By lag from 1: Σ x_t x_{t+τ}, and Σ of the x that are first, and second, in those pairs. */
  readonly products: Float64Array;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** The sums of one segment, at lags that it is long enough for. */
export function laggedSums(x: Float64Array, lags: number): LaggedSums {
  const sums = {
    count: x.length,
    total: x.reduce((sum, value) => sum + value, 0),
    squares: x.reduce((sum, value) => sum + value * value, 0),
    products: new Float64Array(lags),
    first: new Float64Array(lags),
    second: new Float64Array(lags),
  };
  for (let lag = 1; lag <= lags; lag++) {
    let [product, first, second] = [0, 0, 0];
    for (let t = lag; t < x.length; t++) {
      product += x[t]! * x[t - lag]!;
      first += x[t - lag]!;
      second += x[t]!;
    }
    sums.products[lag - 1] = product;
    sums.first[lag - 1] = first;
    sums.second[lag - 1] = second;
  }
  return sums;
}

/** Autocorrelations of several segments as one sample, about the mean of all: pairs never straddle two segments.
 * @formula ρ_τ = Σ_segments Σ_t (x_t − x̄)(x_{t+τ} − x̄) / Σ (x − x̄)²
 * @range   [−1, 1]; of one segment, the usual estimate
 * @pitfall about a segment's own mean, slowly decaying correlations come out too low in short segments (Hurwicz 1950);
 *          about the mean of all they do not
 */
export function pooledAutocorrelation(parts: readonly LaggedSums[], lags: number): Float64Array {
  const add = (of: (sums: LaggedSums) => number): number => parts.reduce((sum, part) => sum + of(part), 0);
  const count = add((s) => s.count);
  const centre = add((s) => s.total) / count;
  const all = add((s) => s.squares) - count * centre ** 2;
  return Float64Array.from({ length: lags }, (_, i) => {
    const pairs = add((s) => Math.max(0, s.count - i - 1));
    const product = add((s) => s.products[i]!);
    const sides = add((s) => s.first[i]! + s.second[i]!);
    return (product - centre * sides + pairs * centre ** 2) / all;
  });
}
