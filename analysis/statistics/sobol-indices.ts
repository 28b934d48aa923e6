import { quantile, variance } from '../../core/numeric.js';
import { stream, type StreamAddress } from '../../core/random.js';
import type { Estimate } from './estimate.js';

/** What a model gave on two independent samples A and B, and on A with one input after another taken from B. */
export interface SaltelliOutputs {
  readonly a: ArrayLike<number>;
  readonly b: ArrayLike<number>;
  /** One entry an input, each as long as `a`. */
  readonly mixed: readonly ArrayLike<number>[];
}

export interface SobolIndex {
  readonly first: Estimate;
  readonly total: Estimate;
}

type Rows = ArrayLike<number>;

const both = (a: Rows, b: Rows, rows: Rows): number[] =>
  Array.from(rows, (r) => a[r]!).concat(Array.from(rows, (r) => b[r]!));

/** Mean of a term over rows, over the variance of A and B together. */
function share({ a, b }: SaltelliOutputs, rows: Rows, term: (r: number) => number): number {
  const total = Array.from(rows, term).reduce((sum, v) => sum + v, 0);
  return total / rows.length / variance(both(a, b, rows));
}

const estimators = {
  first:
    ({ a, b, mixed }: SaltelliOutputs, i: number) =>
    (r: number) =>
      b[r]! * (mixed[i]![r]! - a[r]!),
  total:
    ({ a, mixed }: SaltelliOutputs, i: number) =>
    (r: number) =>
      (a[r]! - mixed[i]![r]!) ** 2 / 2,
};

/** Subtracting a constant changes no index and much of the first-order estimator's noise. */
function centre({ a, b, mixed }: SaltelliOutputs): SaltelliOutputs {
  const all = Array.from(a).concat(Array.from(b));
  const middle = all.reduce((sum, v) => sum + v, 0) / all.length;
  const shift = (values: Rows): Float64Array => Float64Array.from(values, (v) => v - middle);
  return { a: shift(a), b: shift(b), mixed: mixed.map(shift) };
}

/** How much of a measure's variance each input accounts for alone (first), and with all it interacts with (total).
 * @formula S_i = mean(f_B (f_ABi − f_A))/V; T_i = mean((f_A − f_ABi)²)/(2V); intervals by resampling rows
 * @shape   a, b (N); mixed (inputs, N); result (inputs)
 * @range   0 ≤ S ≤ T up to sampling error; NaN where nothing varies
 * @source  Saltelli et al. 2010, Computer Physics Communications 181(2); Jansen 1999, CPC 117(1-2)
 * @pitfall estimates may leave [0, 1] at small N: read the interval
 */
export function sobolIndices(
  outputs: SaltelliOutputs,
  address: StreamAddress,
  resamples = 500,
  level = 0.95,
): SobolIndex[] {
  const model = centre(outputs);
  const n = model.a.length;
  const all = Int32Array.from({ length: n }, (_, r) => r);
  const draw = stream(address);
  const samples = Array.from({ length: resamples }, () => all.map(() => draw.integer(n)));
  const estimate = (kind: keyof typeof estimators, i: number): Estimate => {
    const of = (rows: Int32Array): number => share(model, rows, estimators[kind](model, i));
    const drawn = samples.map(of).filter(Number.isFinite);
    const interval =
      drawn.length * 2 < resamples
        ? null
        : ([quantile(drawn, (1 - level) / 2), quantile(drawn, (1 + level) / 2)] as const);
    return { value: of(all), interval, n };
  };
  return model.mixed.map((_, i) => ({ first: estimate('first', i), total: estimate('total', i) }));
}
