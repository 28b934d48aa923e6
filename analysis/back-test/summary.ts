import type { BackTest, PriceHistory } from '../../core/back-test.js';
import { blockBootstrap } from '../metrics/block-bootstrap.js';
import { luckOf, probabilisticSharpe, sharpeSample } from '../measures/performance/deflated-sharpe.js';
import { returnsOf, statisticsOf, type Labelled } from './statistics.js';

/** One number of a strategy with its interval. */
export interface BackTestMetric {
  readonly value: number | null;
  readonly unit: Labelled['unit'] | 'probability';
  readonly interval: readonly [number, number] | null;
}

export interface StrategySummary {
  readonly name: string;
  readonly metrics: Readonly<Record<string, BackTestMetric>>;
  /** Differences to the first strategy, day by day the same sample; absent for the first itself. */
  readonly against: Readonly<Record<string, BackTestMetric>> | null;
  /** Target weights at every rebalancing, by asset in the order of `assets`. */
  readonly weights: readonly { readonly date: string; readonly weights: readonly number[] }[];
  readonly failures: readonly { readonly date: string; readonly reason: string }[];
}

export interface BackTestSummary {
  readonly from: string;
  readonly to: string;
  readonly days: number;
  readonly assets: readonly string[];
  readonly yardstick: string;
  readonly intervals: { readonly level: number; readonly replications: number; readonly blockDays: number };
  readonly strategies: readonly StrategySummary[];
}

export interface SummaryTerms {
  readonly cashRate: number;
  readonly seed: number;
  readonly replications: number;
}

const level = 0.95;
const blockDays = 21;
/** What is compared with the first strategy. */
const compared = ['annualReturn', 'volatility', 'sharpe', 'maxDrawdown'] as const;

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** All numbers of a comparison: every strategy on the same days, intervals by resampling blocks of them, and the
 * Sharpe ratio deflated by the number of strategies tried.
 */
export function summaryOf(
  history: PriceHistory,
  tests: readonly BackTest[],
  terms: SummaryTerms,
): BackTestSummary {
  const { first, last } = tests[0]!;
  const days = last - first + 1;
  const all = Int32Array.from({ length: days }, (_, t) => t);
  const resampling = { seed: terms.seed, purpose: 'back-test', length: days, blockLength: blockDays, level };
  const own = tests.map((test) => statisticsOf(test, terms.cashRate));
  const samples = tests.map(({ plain }) => sharpeSample(returnsOf(plain)));
  const luck = luckOf(samples.map(({ sharpe }) => sharpe).filter(Number.isFinite));
  const strategies = tests.map((test, s): StrategySummary => {
    const differences = s === 0 ? {} : against(own[s]!, own[0]!);
    const measured = { ...own[s]!, ...differences };
    const statistics = Object.fromEntries(
      Object.entries(measured).map(([name, { statistic }]) => [name, statistic]),
    );
    const intervals = blockBootstrap(statistics, { ...resampling, replications: terms.replications });
    const metricOf = ([name, { statistic, unit }]: [string, Labelled]): [string, BackTestMetric] => {
      const value = finite(statistic(all));
      return [
        name.replace('against ', ''),
        { value, unit, interval: value === null ? null : intervals[name]! },
      ];
    };
    return {
      name: test.name,
      metrics: {
        ...Object.fromEntries(Object.entries(own[s]!).map(metricOf)),
        deflatedSharpe: {
          value: finite(probabilisticSharpe(samples[s]!, luck)),
          unit: 'probability',
          interval: null,
        },
      },
      against: s === 0 ? null : Object.fromEntries(Object.entries(differences).map(metricOf)),
      weights: test.plain.decisions.map(({ row, weights }) => ({
        date: history.dates[row]!,
        weights: Array.from(weights),
      })),
      failures: test.plain.failures.map(({ row, reason }) => ({ date: history.dates[row]!, reason })),
    };
  });
  return {
    from: history.dates[first]!,
    to: history.dates[last]!,
    days,
    assets: history.assets.map(({ id }) => id),
    yardstick: tests[0]!.name,
    intervals: { level, replications: terms.replications, blockDays },
    strategies,
  };
}

function against(of: Record<string, Labelled>, first: Record<string, Labelled>): Record<string, Labelled> {
  return Object.fromEntries(
    compared.map((name) => {
      const { statistic, ...label } = of[name]!;
      const other = first[name]!.statistic;
      return [`against ${name}`, { ...label, statistic: (at: Int32Array) => statistic(at) - other(at) }];
    }),
  );
}
