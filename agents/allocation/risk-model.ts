import { pow } from '../../core/numeric.js';
import { float64, tabulate } from '../../core/slab.js';
import { StrategyFailed } from './strategy-failed.js';

/** An exponentially weighted mean and covariance, kept day by day; plain data, so that a checkpoint can hold it. */
export interface RiskModel {
  readonly assets: number;
  readonly decay: number;
  observations: number;
  /** Sum of the weights of all observations so far. */
  weight: number;
  readonly mean: Float64Array;
  /** Weighted sum of squared deviations (k,k). */
  readonly scatter: Float64Array;
}

export function riskModel(assets: number, halfLife: number): RiskModel {
  return {
    assets,
    decay: pow(0.5, 1 / halfLife),
    observations: 0,
    weight: 0,
    mean: new Float64Array(assets),
    scatter: new Float64Array(assets * assets),
  };
}

/** Takes in one day's returns: W ← λW + 1, S ← λS + (λW/(λW+1)) δδ′, m ← m + δ/W.
 * @source West 1979, Communications of the ACM 22(9), with forgetting
 */
export function observeReturns(model: RiskModel, returns: Float64Array): void {
  const { assets, decay, mean, scatter } = model;
  const remembered = decay * model.weight;
  model.weight = remembered + 1;
  model.observations++;
  const share = remembered / model.weight;
  const deviation = float64(assets);
  for (let i = 0; i < assets; i++) deviation[i] = returns[i]! - mean[i]!;
  for (let i = 0; i < assets; i++) {
    const weighted = share * deviation[i]!;
    for (let j = 0, at = i * assets; j < assets; j++, at++)
      scatter[at] = decay * scatter[at]! + weighted * deviation[j]!;
    mean[i]! += deviation[i]! / model.weight;
  }
}

/** Weighted covariance of what was observed so far, over `horizon` days of independent returns.
 * @formula Σ = h · Σ_t λ^(T−1−t) (r_t − m)(r_t − m)′ / Σ_t λ^(T−1−t)
 * @shape   result (k,k), row-major
 */
export function weightedCovariance({ scatter, weight }: RiskModel, horizon = 1): Float64Array {
  return tabulate(scatter.length, (i) => (horizon * scatter[i]!) / weight);
}

/** The covariance an institution decides with: fewer observations than it needs to be regular are refused. */
export function covarianceOf(model: RiskModel, horizon = 1): Float64Array {
  const { observations, assets } = model;
  if (observations <= assets)
    throw new StrategyFailed(
      `${observations} observations are too few for the covariance of ${assets} assets: at least ${assets + 1} are needed`,
    );
  return weightedCovariance(model, horizon);
}

/** One covariance drawn towards a common one: the risk channel of homogeneity.
 * @formula (1 − s)Σ + sΣ_common
 */
export function blendCovariance(own: Float64Array, common: Float64Array, share: number): Float64Array {
  return tabulate(own.length, (i) => (1 - share) * own[i]! + share * common[i]!);
}
