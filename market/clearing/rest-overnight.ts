import { exp, log } from '../../core/numeric.js';
import type { Prices } from '../../core/types.js';
import type { Limits } from './mechanism.js';

/** Impact that is left of yesterday's, kept inside floor and ceiling of price over value. */
export function restOvernight(
  { fundamental, slow, fast }: Prices,
  { transientDays, reversion, floor }: { transientDays: number; reversion: number; floor: number },
): Prices {
  const keep = exp(-1 / transientDays);
  const widest = -log(floor) * (1 - 1e-9);
  const rested = fast.map((u) => u * keep);
  return {
    fundamental,
    slow: slow.map((m, k) => {
      const left = m * (1 - reversion);
      const displacement = left + rested[k]!;
      if (Math.abs(displacement) <= widest) return left;
      return Math.sign(displacement) * widest - rested[k]!;
    }),
    fast: rested,
  };
}

/** The range of a day's trading: a fall takes at most the share `dailyMove` off the opening price, a rise at most
 * undoes such a fall. */
export function dailyLimits({ fundamental, slow, fast }: Prices, dailyMove: number | null): Limits {
  const width = dailyMove === null ? Infinity : -log(1 - dailyMove);
  const open = fundamental.map((v, k) => v + slow[k]! + fast[k]!);
  return { low: open.map((x) => x - width), high: open.map((x) => x + width) };
}
