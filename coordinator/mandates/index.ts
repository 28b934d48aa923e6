import { architectureCap } from './architecture-cap.js';
import { crowdingLimit } from './crowding-limit.js';
import { decorrelation } from './decorrelation.js';
import { federationSizeCap } from './federation-size-cap.js';
import type { Mandate } from './mandate.js';
import { mixingCap } from './mixing-cap.js';
import { sourceCap } from './source-cap.js';

/** Rules that bind institutions, by the name a scenario gives them. */
export const mandates = {
  'architecture-cap': architectureCap,
  'source-cap': sourceCap,
  'federation-size-cap': federationSizeCap,
  'mixing-cap': mixingCap,
  decorrelation,
  'crowding-limit': crowdingLimit,
} satisfies Record<string, Mandate>;
