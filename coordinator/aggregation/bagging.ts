import type { Stream } from '../../core/random.js';
import type { Update } from './aggregation.js';

/** Who lends the next tree: drawn by examples. */
function lender(updates: readonly Update[], total: number, draws: Stream): Update {
  let left = draws.uniform() * total;
  return updates.find(({ examples }) => (left -= examples) < 0) ?? updates.at(-1)!;
}

/** A federation's forest: its i-th tree is the i-th tree of an institution drawn with the weight of its examples, so
 * every institution lends in proportion to its data and no two trees are averaged.
 * @shape   parameters and differences (trees x numbers a tree); result the same
 * @source  Hauschild et al. 2022, Federated Random Forests, Bioinformatics 38(8)
 * @pitfall trees of boosting depend on those before them: there a block is a member's whole sequence (a vote)
 */
export function bag(
  parameters: Float32Array,
  updates: readonly Update[],
  trees: number,
  draws: Stream,
): Float32Array {
  const length = parameters.length / trees;
  const total = updates.reduce((sum, { examples }) => sum + examples, 0);
  const forest = parameters.slice();
  for (let tree = 0; tree < trees; tree++) {
    const { delta } = lender(updates, total, draws);
    for (let j = tree * length; j < (tree + 1) * length; j++) forest[j] = parameters[j]! + delta[j]!;
  }
  return forest;
}
