import { executions, overlays, strategies, triggers } from '../agents/allocation/index.js';
import { seatRiskModels } from '../agents/allocation/covariance/seat-risk-models.js';
import { integrations } from '../agents/blend.js';
import type { OverlayRule } from '../agents/allocation/overlay/rule.js';
import { architectures } from '../agents/models/index.js';
import { personalisations } from '../agents/personalisation/index.js';
import { regimes } from '../agents/regimes/index.js';
import { aggregations } from '../coordinator/aggregation/index.js';
import { attacks } from '../coordinator/attacks/index.js';
import { mandates } from '../coordinator/mandates/index.js';
import { secureAggregations } from '../coordinator/secure/index.js';
import { privacies } from '../coordinator/privacy/index.js';
import { compressions } from '../core/compression/index.js';
import type { Scenario } from '../core/scenario.js';
import type { Catalogue } from '../core/scenario/catalogue.js';
import { actingChannels } from '../market/channels/index.js';
import { mechanisms } from '../market/clearing/index.js';
import { exposures } from '../market/exposures/index.js';
import { interventions } from '../market/interventions/index.js';

/** What a scenario may name: the extension maps that the folders export. */
export const catalogue = {
  mechanisms,
  architectures,
  regimes,
  strategies,
  riskModels: seatRiskModels,
  overlays: Object.fromEntries(
    Object.entries<OverlayRule>(overlays).map(([name, rule]) => [
      name,
      { ...rule, check: (chosen: unknown, { assets }: Scenario) => rule.problems?.(chosen, assets) ?? [] },
    ]),
  ),
  triggers,
  executions,
  integrations,
  aggregations,
  personalisations,
  privacies,
  secureAggregations,
  compressions,
  attacks,
  mandates,
  interventions,
  exposures,
  channels: actingChannels,
} as unknown as Catalogue;
