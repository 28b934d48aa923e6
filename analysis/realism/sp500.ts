import { factNames, type FactName } from './facts/index.js';
import type { Reference, ReferenceFact } from './reference.js';

/** Lengths of windows, in days, at which pass rates are known. */
export const sp500Windows = [250, 500, 750, 1000, 2000] as const;

/** Value over all 8312 returns, and pass rate of windows of each length that start every 125 days. */
const known: Readonly<Partial<Record<FactName, readonly [value: number, rates: readonly number[]]>>> = {
  'return-autocorrelation': [-0.081886, [0.754, 0.81, 0.721, 0.746, 0.627]],
  'heavy-tails': [10.618, [0.215, 0.365, 0.475, 0.542, 0.784]],
  'tail-index': [2.9351, [0.785, 0.937, 0.918, 0.966, 1]],
  'gain-loss-asymmetry': [-0.39477, [0.754, 0.794, 0.852, 0.831, 0.863]],
  'aggregational-gaussianity': [0.20546, [0.738, 0.905, 0.902, 0.915, 0.961]],
  'slow-decay': [0.38241, [0.138, 0.27, 0.311, 0.39, 0.706]],
  'conditional-heavy-tails': [1.9626, [0.877, 0.921, 0.918, 0.949, 1]],
  'leverage-effect': [-0.081097, [0.985, 1, 1, 1, 1]],
  intermittency: [4.372, [0.723, 0.857, 0.934, 0.983, 1]],
};

/** The S&P 500 from January 1990 to December 2022, at the known window nearest to a length.
 * @source  daily closes of skfolio's data set sp500_index (BSD-3-Clause); a test computes the numbers again
 * @pitfall an index without volume or its members: it says nothing of volume and of correlations
 */
export function sp500(days: number): Reference {
  const nearest = sp500Windows.reduce((a, b) => (Math.abs(b - days) < Math.abs(a - days) ? b : a));
  const at = sp500Windows.indexOf(nearest);
  return {
    name: 'S&P 500, 1990 to 2022',
    window: nearest,
    facts: Object.fromEntries(
      factNames.map((name): [FactName, ReferenceFact] => {
        const [value, rates] = known[name] ?? [null, []];
        return [name, { value, passRate: rates[at] ?? null }];
      }),
    ) as Reference['facts'],
  };
}
