import { mean, normalCdf, normalQuantile, quantileOfSorted } from '../../core/numeric.js';
import { stream, type StreamAddress } from '../../core/random.js';

type Statistic = (sample: Float64Array) => number;

export interface Bootstrap {
  readonly address: StreamAddress;
  readonly resamples?: number;
  readonly level?: number;
  readonly statistic?: Statistic;
}

/** How fast the statistic's error changes with its value, from leaving out one replication at a time. */
function acceleration(sample: Float64Array, statistic: Statistic): number {
  const without = Float64Array.from(sample, (_, i) => statistic(sample.filter((_v, j) => j !== i)));
  const centre = mean(without);
  const [squares, cubes] = without.reduce<[number, number]>(
    ([s, c], v) => [s + (centre - v) ** 2, c + (centre - v) ** 3],
    [0, 0],
  );
  return squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares));
}

/** Interval of a statistic of independent replications, corrected for bias and skew (BCa).
 * @formula quantiles Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))) of the resampled statistic, ties split evenly in z₀
 * @range   null below three replications
 * @source  Efron 1987, Journal of the American Statistical Association 82(397)
 * @pitfall too narrow for a handful of replications; a constant sample gives an interval of length 0
 */
export function bootstrapInterval(
  values: ArrayLike<number>,
  { address, resamples = 2000, level = 0.95, statistic = mean }: Bootstrap,
): readonly [number, number] | null {
  const sample = Float64Array.from(values);
  const n = sample.length;
  if (n < 3) return null;
  const draw = stream(address);
  const drawn = (): number => statistic(sample.map(() => sample[draw.integer(n)]!));
  const sorted = Float64Array.from({ length: resamples }, drawn).sort();
  const observed = statistic(sample);
  const below = sorted.filter((v) => v < observed).length + sorted.filter((v) => v === observed).length / 2;
  const bias = normalQuantile(Math.min(1 - 0.5 / resamples, Math.max(0.5 / resamples, below / resamples)));
  const a = acceleration(sample, statistic);
  const at = (p: number): number => {
    const z = bias + normalQuantile(p);
    return quantileOfSorted(sorted, normalCdf(bias + z / (1 - a * z)));
  };
  return [at((1 - level) / 2), at((1 + level) / 2)];
}
