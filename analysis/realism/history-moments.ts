import { mean } from '../../core/numeric.js';
import type { Scenario } from '../../core/scenario.js';

/** The most factors that a scenario may have. */
const mostFactors = 20;

/** First and second moments of a day's news, as a factor model holds them. */
export interface NewsMoments {
  /** Mean log return of each asset. */
  readonly mean: readonly number[];
  /** Standard deviation of each asset's log return. */
  readonly stdDev: readonly number[];
  readonly factors: readonly string[];
  /** Correlation of each asset with each factor. */
  readonly loadings: readonly Readonly<Record<string, number>>[];
}

/** Loadings of standardised returns on their first principal components: assets x factors. */
export type PrincipalLoadings = (returns: readonly Float64Array[], factors: number) => Float64Array;

/** The days that value follows: all may come up in a bootstrap, those of the run in a replay. */
const followed = ({ days, market: { fundamentals } }: Scenario): readonly (readonly number[])[] =>
  fundamentals.drawn === 'replay' ? fundamentals.history.slice(0, days) : fundamentals.history;

/** Rounding may leave a correlation of 1 a bit above it. */
const correlation = (b: number): number => Math.max(-1, Math.min(1, b));

/** Sample moments of a history, an independent factor for each of its principal components, as many as a scenario may
 * have: means and variances are the sample's, and so are covariances where there are no more assets than factors.
 * @formula mean over days; variance over the number of days, as drawing its days has it
 */
export function momentsOfHistory(scenario: Scenario, principalLoadings: PrincipalLoadings): NewsMoments {
  const rows = followed(scenario);
  const returns = scenario.assets.map((_, k) => Float64Array.from(rows, (row) => row[k]!));
  const still = returns.findIndex((column) => column.every((r) => r === column[0]));
  if (still >= 0) throw new RangeError(`the history of "${scenario.assets[still]!.id}" never varies`);
  const count = Math.min(mostFactors, returns.length);
  const factors = Array.from({ length: count }, (_, f) => `component-${f + 1}`);
  const loadings = principalLoadings(returns, count);
  const means = returns.map((column) => mean(column));
  return {
    mean: means,
    stdDev: returns.map((column, k) => Math.sqrt(mean(column.map((r) => (r - means[k]!) ** 2)))),
    factors,
    loadings: returns.map((_, k) =>
      Object.fromEntries(factors.map((name, f) => [name, correlation(loadings[k * count + f]!)])),
    ),
  };
}
