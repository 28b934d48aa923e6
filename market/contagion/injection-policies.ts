import type { Channel } from './channel.js';
import { debtRank } from './debtrank.js';
import { contagionLoss, withInjections } from './relief.js';
import { totalAssets, type StressSystem } from './stress-system.js';

type Chosen = Readonly<Record<string, Channel>>;

/** How a budget of capital is split over institutions (n); the parts sum to at most the budget. */
export type InjectionPolicy = (system: StressSystem, chosen: Chosen, budget: number) => Float64Array;

const inProportion = (weight: Float64Array, budget: number): Float64Array => {
  const total = weight.reduce((a, b) => a + b, 0);
  return weight.map((w) => (total > 0 ? (budget * w) / total : 0));
};

/** What everybody would lose by DebtRank if institution i alone failed, its own equity left out (n). */
export function debtRankOfEach({ exposures, equity }: StressSystem): Float64Array {
  return equity.map((_, i) => {
    const shock = new Float64Array(equity.length);
    shock[i] = 1;
    const { value } = debtRank(exposures, equity, shock);
    return value.reduce((total, h, j) => total + (j === i ? 0 : h * equity[j]!), 0);
  });
}

/** Parts that the budget is spent in. */
const PARTS = 16;

/** The most relief per unit first: any institution, and any of several amounts, since a threshold may need much before
 * anything is saved; it stops where nothing saves any more. */
function marginal(system: StressSystem, chosen: Chosen, budget: number): Float64Array {
  const given = new Float64Array(system.equity.length);
  let loss = contagionLoss(system, chosen);
  for (let left = PARTS; left > 0;) {
    const best = bestNext(system, chosen, given, { left, part: budget / PARTS, loss });
    if (best === undefined) break;
    given[best.i]! += (best.parts * budget) / PARTS;
    left -= best.parts;
    loss = best.loss;
  }
  return given;
}

interface Spending {
  readonly left: number;
  readonly part: number;
  readonly loss: number;
}

function bestNext(system: StressSystem, chosen: Chosen, given: Float64Array, { left, part, loss }: Spending) {
  let best: { i: number; parts: number; loss: number; relief: number } | undefined;
  for (let parts = 1; parts <= left; parts *= 2)
    for (let i = 0; i < given.length; i++) {
      const amounts = given.slice();
      amounts[i]! += parts * part;
      const after = contagionLoss(withInjections(system, amounts), chosen);
      const relief = (loss - after) / (parts * part);
      if (relief > (best?.relief ?? 1e-12)) best = { i, parts, loss: after, relief };
    }
  return best;
}

/** Ways to spend on capital, the naive ones beside the one that measures what it saves. */
export const injectionPolicies = {
  equal: (system, _chosen, budget) => inProportion(new Float64Array(system.equity.length).fill(1), budget),
  'by-size': (system, _chosen, budget) => inProportion(totalAssets(system), budget),
  'by-debtrank': (system, _chosen, budget) => inProportion(debtRankOfEach(system), budget),
  marginal,
} satisfies Record<string, InjectionPolicy>;
