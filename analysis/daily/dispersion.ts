import { absoluteDispersion, standardDispersion } from '../measures/herding/csad.js';
import type { DayView } from './view.js';

/** Returns of the day in percent, by asset; undefined on the first day, or with one asset. */
function returns({ prices, pricesBefore }: DayView): number[] | undefined {
  if (!pricesBefore || prices.length < 2) return undefined;
  return Array.from(prices, (p, k) => 100 * (p / pricesBefore[k]! - 1));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length;

const about =
  (dispersion: (returns: readonly number[], market: number) => number) =>
  (view: DayView): number => {
    const day = returns(view);
    return day ? dispersion(day, meanOf(day)) : NaN;
  };

/** How far assets' returns are apart: small in large moves where everybody trades on the market as a whole. */
export const dispersionMeasures = {
  equalReturn: (view) => {
    const day = returns(view);
    return day ? meanOf(day) : NaN;
  },
  csad: about(absoluteDispersion),
  cssd: about(standardDispersion),
} satisfies Record<string, (view: DayView) => number>;
