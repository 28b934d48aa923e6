import type { Scenario } from '../core/scenario.js';
import type { Sample } from '../core/types.js';

/** The scenario's own daily returns, where it has any. */
export function sampleOf({ market }: Scenario): Sample | null {
  const { history } = market.fundamentals;
  const days = history.length;
  if (days === 0) return null;
  const k = history[0]!.length;
  const mean = new Float64Array(k);
  const stdDev = new Float64Array(k);
  for (const row of history) row.forEach((r, a) => (mean[a]! += r / days));
  for (const row of history) row.forEach((r, a) => (stdDev[a]! += (r - mean[a]!) ** 2 / days));
  return {
    days,
    returns: Float64Array.from(history.flat()),
    mean,
    stdDev: stdDev.map((v) => Math.sqrt(v)),
  };
}
