import { strategies } from '../agents/allocation/index.js';
import { architectures } from '../agents/models/index.js';
import { aggregations } from '../coordinator/aggregation/index.js';
import { mandates } from '../coordinator/mandates/index.js';
import type { Catalogue } from '../core/scenario/catalogue.js';
import { mechanisms } from '../market/clearing/index.js';
import { exposures } from '../market/exposures/index.js';
import { interventions } from '../market/interventions/index.js';

/** Strategies that resample or rank past returns; an institution here remembers their covariance only. */
const needReturns = ['minimum-cvar', 'resampled'];

/** Rules that need more of a host than its update (steps, control variates, lateness, a region), change its
 * training, or send each institution a model of its own: measures know them, the loop does not yet. */
const needMoreThanUpdates = [
  'fedprox',
  'scaffold',
  'fednova',
  'fedbuff',
  'clustered',
  'hierarchical',
  'gossip',
];

const without = <T>(entries: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).filter(([name]) => !names.includes(name)));

/** What a scenario may name: the extension maps that the folders export, less what a run could not honour. */
export const catalogue = {
  mechanisms,
  architectures,
  strategies: without(strategies, needReturns),
  aggregations: without(aggregations, needMoreThanUpdates),
  mandates,
  interventions,
  exposures,
} as unknown as Catalogue;
