import { normalCdf } from '../../core/numeric.js';

export interface Trend {
  readonly statistic: number;
  /** Standardised statistic: positive where the measure rises with the dose. */
  readonly z: number;
  /** Two-sided. */
  readonly pValue: number;
  readonly n: number;
}

/** Ranks from 1; equal values share the mean of their ranks. */
function ranks(values: ArrayLike<number>): number[] {
  return Array.from(values, (v) => {
    let [below, equal] = [0, 0];
    for (let i = 0; i < values.length; i++) {
      if (values[i]! < v) below++;
      else if (values[i]! === v) equal++;
    }
    return below + (equal + 1) / 2;
  });
}

/** Page's test: whether a measure moves one way over ordered levels, each replication ranked within itself.
 * @formula L = Σ_j j R_j, z = (L − n k (k+1)²/4) / √(n k² (k+1) (k²−1)/144)
 * @shape   replications (n) of levels (k), in the levels' order
 * @range   p in [0, 1]; NaN below three levels or two replications
 * @source  Page 1963, Journal of the American Statistical Association 58(301)
 * @pitfall a normal approximation; ties within a replication make it conservative; says nothing of the size
 */
export function pageTrend(replications: readonly ArrayLike<number>[]): Trend {
  const n = replications.length;
  const k = replications[0]?.length ?? 0;
  if (n < 2 || k < 3) return { statistic: NaN, z: NaN, pValue: NaN, n };
  const statistic = replications
    .flatMap((row) => ranks(row).map((rank, j) => rank * (j + 1)))
    .reduce((a, b) => a + b, 0);
  const expected = (n * k * (k + 1) ** 2) / 4;
  const z = (statistic - expected) / Math.sqrt((n * k * k * (k + 1) * (k * k - 1)) / 144);
  return { statistic, z, pValue: 2 * normalCdf(-Math.abs(z)), n };
}
