import { architectureCap } from './architecture-cap.js';
import { crowdingLimit } from './crowding-limit.js';
import { decorrelation } from './decorrelation.js';
import { federationRotation } from './federation-rotation.js';
import { federationSizeCap } from './federation-size-cap.js';
import type { Mandate } from './mandate.js';
import { minimumEffectiveModels } from './minimum-effective-models.js';
import { mixingCap } from './mixing-cap.js';
import { positionDisclosure } from './position-disclosure.js';
import { sourceCap } from './source-cap.js';

/** Rules that bind institutions, by the name a scenario gives them. */
export const mandates = {
  'architecture-cap': architectureCap,
  'minimum-effective-models': minimumEffectiveModels,
  'source-cap': sourceCap,
  'federation-size-cap': federationSizeCap,
  'federation-rotation': federationRotation,
  'mixing-cap': mixingCap,
  decorrelation,
  'crowding-limit': crowdingLimit,
  'position-disclosure': positionDisclosure,
} satisfies Record<string, Mandate>;
