import { pow } from '../core/numeric.js';
import { stream } from '../core/random.js';

/** Shares of a total, Pareto distributed, none above `largest`: what is cut off goes to the others in proportion.
 *
 * @range each in (0, largest]; they sum to 1
 * @pitfall `largest` times the number of ids must be at least 1, or there is no such distribution
 */
export function paretoShares(
  seed: number,
  ids: readonly string[],
  exponent: number,
  largest: number,
): Float64Array {
  const raw = Float64Array.from(ids, (entity) =>
    pow(stream({ seed, purpose: 'size', entity }).uniform(), -1 / exponent),
  );
  return capped(raw, largest);
}

function capped(raw: Float64Array, largest: number): Float64Array {
  const order = Array.from(raw.keys()).sort((a, b) => raw[b]! - raw[a]! || a - b);
  const shares = new Float64Array(raw.length);
  let rest = raw.reduce((total, x) => total + x, 0);
  let left = 1;
  for (const i of order) {
    const share = Math.min(largest, (left * raw[i]!) / rest);
    shares[i] = share;
    left -= share;
    rest -= raw[i]!;
  }
  return shares;
}
