import { corePeriphery } from './core-periphery.js';
import { erdosRenyi } from './erdos-renyi.js';
import { given } from './given.js';
import { maxEntropy } from './max-entropy.js';
import { minDensity } from './min-density.js';
import type { Structure } from './network.js';
import { scaleFree } from './scale-free.js';

/** Structures of interbank exposures that a scenario can name. */
export const exposures = {
  'core-periphery': corePeriphery,
  'scale-free': scaleFree,
  'erdos-renyi': erdosRenyi,
  'max-entropy': maxEntropy,
  'min-density': minDensity,
  given,
} satisfies Record<string, Structure>;
