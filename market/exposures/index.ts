import { corePeriphery } from './core-periphery.js';
import type { Structure } from './network.js';

/** Structures of interbank exposures that a scenario can name. */
export const exposures = { 'core-periphery': corePeriphery } satisfies Record<string, Structure>;
