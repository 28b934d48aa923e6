import { log } from '../../../core/numeric.js';

/** Hill estimator of a tail index from the k largest values; null where the threshold is not positive or k is 0.
 * @formula α = k / Σ_{i≤k} ln(x_(i) / x_(k+1)), x falling
 * @range   α > 0: smaller is heavier; daily returns have 2 to 5
 * @source  Hill 1975, Annals of Statistics 3(5)
 * @pitfall for losses pass −r; ties of the whole tail with the threshold have no index (null)
 */
export function hillIndex(values: ArrayLike<number>, k: number): number | null {
  const falling = Float64Array.from(values).sort().reverse();
  const threshold = falling[k];
  if (k < 1 || threshold === undefined || threshold <= 0) return null;
  let total = 0;
  for (let i = 0; i < k; i++) total += log(falling[i]! / threshold);
  return total > 0 ? k / total : null;
}
