import { power } from './power.js';

/** Smallest effect, in standard deviations of the paired difference, that n replications see with the wanted chance.
 * @formula power(n, effect) = wanted, by bisection
 * @range   > 0; NaN below two replications
 */
export function detectableEffect(n: number, wanted = 0.8, alpha = 0.05): number {
  if (n < 2) return NaN;
  let [low, high] = [0, 1];
  while (power(n, high, alpha) < wanted) high *= 2;
  while (high - low > 1e-6 * high) {
    const middle = (low + high) / 2;
    if (power(n, middle, alpha) < wanted) low = middle;
    else high = middle;
  }
  return high;
}
