import { architectureCap } from './architecture-cap.js';
import type { Mandate } from './mandate.js';

/** Rules that bind institutions, by the name a scenario gives them. */
export const mandates = {
  'architecture-cap': architectureCap,
} satisfies Record<string, Mandate>;
