import type { PriceHistory } from '../../../core/back-test.js';
import { stream } from '../../../core/random.js';

/** The same history in which only `size` assets drawn at random have prices; all keep their positions.
 * @shape `n` is the number of the draw: any of them can be drawn alone
 */
export function drawPortfolio(history: PriceHistory, size: number, seed: number, n: number): PriceHistory {
  const k = history.assets.length;
  const lot = stream({ seed, purpose: 'portfolio', day: n }).shuffle(Array.from({ length: k }, (_, i) => i));
  const drawn = new Set(lot.slice(0, size));
  return { ...history, prices: history.prices.map((price, at) => (drawn.has(at % k) ? price : NaN)) };
}
