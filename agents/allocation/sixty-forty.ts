import { z } from 'zod';
import { index, share } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { alwaysLongOnly } from './long-only.js';
import { StrategyFailed } from './strategy-failed.js';
import { strategy } from './strategy.js';
import { leverageOf, positionOf, type View } from './view.js';

/** Sixty-forty: a fixed share in equities and the rest in bonds, each evenly.
 * @formula wᵢ = L · s/n_equities for equities, L · (1 − s)/n_bonds for bonds
 * @shape   result (k), summing to the leverage budget L
 * @source  Perold & Sharpe 1988, Financial Analysts Journal 44(1) (constant mix)
 * @pitfall positions default to those of the default universe; another universe names its own
 */
export const sixtyForty = strategy({
  summary: 'Sixty per cent equities, forty per cent bonds.',
  source: 'Perold & Sharpe 1988, Financial Analysts Journal 44(1)',
  options: z.strictObject({
    ...alwaysLongOnly,
    equities: field(
      z.array(index).min(1).default([0, 1, 2]),
      'Positions of the equities',
      'position, from 0',
    ),
    bonds: field(z.array(index).min(1).default([3, 4, 5, 6]), 'Positions of the bonds', 'position, from 0'),
    equityShare: field(share.default(0.6), 'Share in equities', 'share'),
  }),
  allocate: (view, { equities, bonds, equityShare }) => {
    const weights = new Float64Array(view.permitted.length);
    const spread = (members: number[], budget: number): void =>
      members.forEach((i) => (weights[i]! += budget / members.length));
    spread(held(view, equities, 'equities'), leverageOf(view) * equityShare);
    spread(held(view, bonds, 'bonds'), leverageOf(view) * (1 - equityShare));
    return weights;
  },
});

/** Where the named assets lie among those that may be held. */
function held(view: View, positions: readonly number[], name: string): number[] {
  const k = view.permitted.length;
  const found = Array.from({ length: k }, (_, i) => i).filter((i) => positions.includes(positionOf(view, i)));
  if (found.length === 0)
    throw new StrategyFailed(`none of the ${name} at ${positions.join(', ')} may be held`);
  return found;
}
