import { tabulate } from '../../../core/slab.js';
import type { Limit } from '../overlay.js';

/** Trades only part of the way when the whole way would cost more turnover than the budget.
 * @formula w₀ + (w − w₀) · min(1, budget / Σ|w − w₀|)
 * @pitfall turnover is gross: a switch of a tenth of equity from one asset to another counts two tenths
 */
export function turnoverBudget(budget: number): Limit {
  return (weights, { previousWeights }) => {
    let turnover = 0;
    for (let i = 0; i < weights.length; i++) turnover += Math.abs(weights[i]! - previousWeights[i]!);
    if (turnover <= budget) return weights;
    const share = budget / turnover;
    return tabulate(weights.length, (i) => previousWeights[i]! + share * (weights[i]! - previousWeights[i]!));
  };
}
