import { impact } from './impact.js';
import type { Mechanism } from './mechanism.js';

/** Market mechanisms that a scenario can name. */
export const mechanisms = { impact } satisfies Record<string, Mechanism>;
