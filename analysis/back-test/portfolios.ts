import type { BackTest } from '../../core/back-test.js';
import { mean, quantileOfSorted } from '../../core/numeric.js';
import { statisticsOf, type Labelled } from './statistics.js';

/** One number of a strategy over many portfolios: its mean, and the middle 95% of them. */
export interface AcrossPortfolios {
  readonly value: number | null;
  readonly unit: Labelled['unit'];
  readonly interval: readonly [number, number] | null;
}

export interface StrategyAcross {
  readonly name: string;
  readonly metrics: Readonly<Record<string, AcrossPortfolios>>;
  /** Share of portfolios in which its Sharpe ratio exceeds that of the first strategy; null for the first itself. */
  readonly beats: number | null;
}

/** The same strategies on many portfolios of assets drawn from one file. */
export interface Portfolios {
  readonly count: number;
  readonly size: number;
  readonly strategies: readonly StrategyAcross[];
}

/** Many portfolios of the same strategies; `tests` has one list of strategies a portfolio.
 * @pitfall portfolios drawn from one market share its days: their spread is not a standard error
 */
export function acrossPortfolios(
  tests: readonly (readonly BackTest[])[],
  cashRate: number,
): StrategyAcross[] {
  const measured = tests.map((strategies) => strategies.map((test) => valuesOf(test, cashRate)));
  return tests[0]!.map(({ name }, s): StrategyAcross => {
    const labels = statisticsOf(tests[0]![s]!, cashRate);
    const metrics = Object.entries(labels).map(([metric, { unit }]): [string, AcrossPortfolios] => {
      const values = measured.map((portfolio) => portfolio[s]![metric]!).filter(Number.isFinite);
      const sorted = Float64Array.from(values).sort();
      return [
        metric,
        sorted.length === 0
          ? { value: null, unit, interval: null }
          : {
              value: mean(sorted),
              unit,
              interval: [quantileOfSorted(sorted, 0.025), quantileOfSorted(sorted, 0.975)],
            },
      ];
    });
    const wins = measured.filter((portfolio) => portfolio[s]!['sharpe']! > portfolio[0]!['sharpe']!);
    return {
      name,
      metrics: Object.fromEntries(metrics),
      beats: s === 0 ? null : wins.length / measured.length,
    };
  });
}

function valuesOf(test: BackTest, cashRate: number): Record<string, number> {
  const all = Int32Array.from({ length: test.last - test.first + 1 }, (_, t) => t);
  return Object.fromEntries(
    Object.entries(statisticsOf(test, cashRate)).map(([name, { statistic }]) => [name, statistic(all)]),
  );
}
