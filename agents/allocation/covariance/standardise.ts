import { StrategyFailed } from '../strategy-failed.js';
import type { ReturnHistory } from '../view.js';
import { conditionalVariance } from './conditional-variance.js';
import { assetsOf, centred } from './estimator.js';

/** Returns divided by their conditional volatility. */
export interface Standardised {
  readonly k: number;
  readonly rows: number;
  /** e_t/√h_t (T,k). */
  readonly shocks: Float64Array;
  /** Mean of shocks times shocks′ (k,k). */
  readonly moment: Float64Array;
  /** √h_{T+1} (k). */
  readonly volatilities: Float64Array;
}

const fewest = 30;

export function standardise(returns: ReturnHistory): Standardised {
  const { rows } = returns;
  if (rows < fewest)
    throw new StrategyFailed(
      `${rows} observations are too few for conditional variances: at least ${fewest} are needed`,
    );
  const k = assetsOf(returns);
  const shocks = centred(returns);
  const volatilities = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    const errors = Float64Array.from({ length: rows }, (_, t) => shocks[t * k + i]!);
    if (errors.every((error) => error === errors[0]))
      throw new StrategyFailed(`asset ${i} never moves: it has no variance`);
    const { variances } = conditionalVariance(errors);
    for (let t = 0; t < rows; t++) shocks[t * k + i]! /= Math.sqrt(variances[t]!);
    volatilities[i] = Math.sqrt(variances[rows]!);
  }
  return { k, rows, shocks, moment: meanProduct(shocks, rows, k), volatilities };
}

function meanProduct(shocks: Float64Array, rows: number, k: number): Float64Array {
  const moment = new Float64Array(k * k);
  for (let t = 0; t < rows; t++)
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++) moment[i * k + j]! += (shocks[t * k + i]! * shocks[t * k + j]!) / rows;
  return moment;
}
