import { meanForecastCorrelation } from '../measures/monoculture/forecast-similarity.js';
import { forecastDispersion, signDisagreement } from '../measures/monoculture/stress-disagreement.js';
import { forecastRows } from './columns.js';
import type { DayView } from './view.js';

const byAsset =
  (of: (forecasts: number[]) => number) =>
  (view: DayView): number => {
    const rows = forecastRows(view);
    if (rows.length < 2) return NaN;
    const each = Array.from(rows[0]!, (_, k) => of(rows.map((row) => row[k]!)));
    return each.reduce((sum, v) => sum + v, 0) / each.length;
  };

/** Who forecast yesterday, and whether the forecasts pointed the wrong way today: Σ_k f_k r_k/σ_k < 0.
 * @formula share = F/n; together = F (F − 1)/(n (n − 1)), F of n institutions wrong on the day
 */
function wrong({ forecastBefore, prices, pricesBefore, scenario }: DayView): { F: number; n: number } {
  if (!forecastBefore || !pricesBefore) return { F: 0, n: 0 };
  const moves = Array.from(prices, (p, k) => (p / pricesBefore[k]! - 1) / scenario.assets[k]!.volatility);
  const bets = forecastBefore.map((row) => moves.reduce((sum, r, k) => sum + row[k]! * r, 0));
  const known = bets.filter((bet) => bet !== 0);
  return { F: known.filter((bet) => bet < 0).length, n: known.length };
}

/** Forecasts and their errors, side by side. */
export const forecastMeasures = {
  forecastCorrelation: (view) => {
    const rows = forecastRows(view);
    return rows.length < 2 ? NaN : meanForecastCorrelation(rows);
  },
  forecastDispersion: byAsset(forecastDispersion),
  signDisagreement: byAsset(signDisagreement),
  errorShare: (view) => {
    const { F, n } = wrong(view);
    return n > 0 ? F / n : NaN;
  },
  jointErrorShare: (view) => {
    const { F, n } = wrong(view);
    return n > 1 ? (F * F - F) / (n * (n - 1)) : NaN;
  },
} satisfies Record<string, (view: DayView) => number>;
