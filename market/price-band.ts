import { log } from '../core/numeric.js';
import type { Prices } from '../core/types.js';
import { logPrices } from './book.js';
import type { Limits } from './clearing/mechanism.js';

/** The band of log prices that price limits leave around the last close; undefined where nothing is limited. */
export function bandOf(limits: ReadonlyMap<number, number>, last: Float64Array): Limits | undefined {
  if (limits.size === 0) return undefined;
  const bound = (sign: 1 | -1): Float64Array =>
    last.map((p, a) => {
      const limit = limits.get(a);
      return limit === undefined ? sign * Infinity : log(p) + log(1 + sign * limit);
    });
  return { low: bound(-1), high: bound(1) };
}

/** The narrower of two bands, side by side. */
export const narrower = (one: Limits, other: Limits): Limits => ({
  low: one.low.map((x, a) => Math.max(x, other.low[a]!)),
  high: one.high.map((x, a) => Math.min(x, other.high[a]!)),
});

const inside = ({ low, high }: Limits, x: number, a: number): number =>
  Math.max(low[a]!, Math.min(high[a]!, x));

/** What holds log prices inside the band: to be added to fast impact. */
export const withheldBy = (band: Limits | undefined, prices: Prices): Float64Array =>
  logPrices(prices).map((x, a) => (band ? inside(band, x, a) - x : 0));

/** Prices with a part added to fast impact, or as they are where it is nil. */
export const shifted = (prices: Prices, part: Float64Array, sign: 1 | -1): Prices =>
  part.some((x) => x !== 0) ? { ...prices, fast: prices.fast.map((u, a) => u + sign * part[a]!) } : prices;
