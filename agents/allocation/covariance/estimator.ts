import type { z } from 'zod';
import { StrategyFailed } from '../strategy-failed.js';
import type { ReturnHistory } from '../view.js';

export interface Estimate {
  /** (k,k), row-major. */
  readonly covariance: Float64Array;
  readonly precision?: Float64Array;
  /** Share of the target in the estimate, 0 to 1. */
  readonly shrinkage?: number;
}

/** One way to estimate the covariance of k assets from their past returns. */
export interface CovarianceEstimator {
  readonly summary: string;
  readonly source: string;
  readonly options: z.ZodObject;
  readonly estimate: (returns: ReturnHistory, options: unknown) => Estimate;
}

interface Definition<Options extends z.ZodObject> {
  readonly summary: string;
  readonly source: string;
  readonly options: Options;
  readonly estimate: (returns: ReturnHistory, options: z.output<Options>) => Estimate;
}

/** Gives an estimator its types where it is defined and forgets them where estimators are listed. */
export function estimator<Options extends z.ZodObject>(definition: Definition<Options>): CovarianceEstimator {
  return {
    ...definition,
    estimate: (returns, options) => {
      if (returns.rows < 2)
        throw new StrategyFailed(
          `${returns.rows} observations are too few for a covariance: at least 2 are needed`,
        );
      return definition.estimate(returns, options as z.output<Options>);
    },
  };
}

export function assetsOf({ rows, values }: ReturnHistory): number {
  return values.length / rows;
}

/** Returns less their means, by column. */
export function centred(returns: ReturnHistory): Float64Array {
  const k = assetsOf(returns);
  const means = new Float64Array(k);
  returns.values.forEach((value, at) => (means[at % k]! += value / returns.rows));
  return returns.values.map((value, at) => value - means[at % k]!);
}
