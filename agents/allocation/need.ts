import { cholesky, NotPositiveDefinite } from '../../core/linear.js';
import { StrategyFailed } from './strategy-failed.js';
import { positionOf, type ReturnHistory, type View } from './view.js';

/** The forecasts, where there are any. */
export function needExpectedReturns(view: View): Float64Array {
  if (!view.expectedReturns.every(Number.isFinite)) throw new StrategyFailed('it needs expected returns');
  return view.expectedReturns;
}

/** Volatilities (k); every asset must have one. */
export function needVolatilities(view: View): Float64Array {
  const k = view.permitted.length;
  const volatilities = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    const variance = view.covariance[i * k + i]!;
    if (!(variance > 0 && variance < Infinity))
      throw new StrategyFailed(
        `the covariance is not positive: asset ${positionOf(view, i)} has variance ${variance}`,
      );
    volatilities[i] = Math.sqrt(variance);
  }
  return volatilities;
}

/** Past returns, at least `rows` of them. */
export function needHistory({ history }: View, rows: number): ReturnHistory {
  if (history === undefined) throw new StrategyFailed('it needs past returns');
  if (history.rows < rows)
    throw new StrategyFailed(`${history.rows} observations are too few: at least ${rows} are needed`);
  return history;
}

/** Refuses a covariance under which some portfolio has a negative variance; a merely singular one passes. */
export function needSemidefinite(view: View): void {
  const k = view.permitted.length;
  const volatilities = needVolatilities(view);
  const raised = view.covariance.slice();
  for (let i = 0; i < k; i++) raised[i * k + i]! += 1e-9 * volatilities[i]! ** 2;
  try {
    cholesky(raised, k);
  } catch (error) {
    if (!(error instanceof NotPositiveDefinite)) throw error;
    throw new StrategyFailed(
      'the covariance is not positive semidefinite: some portfolio would have a negative variance',
    );
  }
}

/** The benchmark over the assets that may be held, summing to 1. */
export function needBenchmark({ benchmark }: View): Float64Array {
  let total = 0;
  for (const weight of benchmark) total += weight;
  if (!(total > 0)) throw new StrategyFailed('the benchmark holds nothing that is permitted');
  return benchmark.map((weight) => weight / total);
}
