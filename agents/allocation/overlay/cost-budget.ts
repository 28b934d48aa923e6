import type { Limit } from '../overlay.js';

/** Trades only part of the way when the whole way would cost more than the budget.
 * @formula w₀ + (w − w₀) · min(1, budget / Σ cᵢ|wᵢ − w₀ᵢ|)
 */
export function costBudget(budget: number): Limit {
  return (weights, { previousWeights, tradingCosts }) => {
    let cost = 0;
    for (let i = 0; i < weights.length; i++)
      cost += tradingCosts[i]! * Math.abs(weights[i]! - previousWeights[i]!);
    if (cost <= budget) return weights;
    const share = budget / cost;
    return weights.map((weight, i) => previousWeights[i]! + share * (weight - previousWeights[i]!));
  };
}
