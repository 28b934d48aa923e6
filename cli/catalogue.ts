import { strategies } from '../agents/allocation/index.js';
import { architectures } from '../agents/models/index.js';
import { aggregations } from '../coordinator/aggregation/index.js';
import { mandates } from '../coordinator/mandates/index.js';
import type { Catalogue } from '../core/scenario/catalogue.js';
import { mechanisms } from '../market/clearing/index.js';
import { exposures } from '../market/exposures/index.js';
import { interventions } from '../market/interventions/index.js';

/** What a scenario may name: the extension maps that the folders export. */
export const catalogue = {
  mechanisms,
  architectures,
  strategies,
  aggregations,
  mandates,
  interventions,
  exposures,
} as unknown as Catalogue;
