import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { aggregation, type Update, type Vector } from './aggregation.js';
import { byCoordinate, middle } from './by-coordinate.js';
import { move } from './move.js';
import { meanDelta } from './weighted-sum.js';

const worlds = {
  examples: (regions: readonly Update<Vector>[]) => meanDelta(regions),
  equal: (regions: readonly Update<Vector>[]) =>
    meanDelta(regions.map((region) => ({ ...region, examples: 1 }))),
  median: (regions: readonly Update<Vector>[]) => byCoordinate(regions, middle),
};

const options = z.strictObject({
  world: field(
    z.enum(['examples', 'equal', 'median']).default('examples'),
    'how regions meet: mean by examples, mean of equals, or median by coordinate',
    'name',
  ),
});

const asOne = (region: string, members: readonly Update<Vector>[]): Update<Vector> => ({
  institution: region,
  examples: members.reduce((sum, { examples }) => sum + examples, 0),
  delta: meanDelta(members),
});

/** Hierarchical federation: each region averages its institutions, then the world its regions.
 * @formula Δ_r = Σ_{i in r} n_i Δ_i / Σ n_i; w ← w + combine_r Δ_r
 * @shape   Δ_i (d), n_i examples, region of each; result (d); groups index the regions in order of name
 * @source  Liu et al. 2020, ICC (arXiv 1905.06641)
 * @pitfall by examples it is FedAvg up to rounding: only `equal` and `median` make regions matter
 */
export const hierarchical = aggregation({
  summary: 'Regions average their institutions, the world its regions.',
  source: 'Liu et al. 2020, arXiv 1905.06641',
  needsIndividualUpdates: true,
  extras: ['region'],
  check: (_chosen, { institutions, federation }) => [
    ...(Object.keys(institutions.regions).length < 2
      ? [{ path: ['rule'], message: 'needs at least two regions in institutions.regions' }]
      : []),
    ...(federation.membership === 'centralised'
      ? [{ path: ['rule'], message: 'averages institutions by region, and a pool is one learner' }]
      : []),
  ],
  options,
  aggregate: (state, { parameters, updates }, { world }) => {
    const names = [...new Set(updates.map(({ region }) => region!))].sort();
    const regions = names.map((name) =>
      asOne(
        name,
        updates.filter(({ region }) => region === name),
      ),
    );
    const groups = updates.map(({ region }) => names.indexOf(region!));
    return { parameters: move(parameters, worlds[world](regions)), state, groups };
  },
});
