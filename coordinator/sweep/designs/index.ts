import type { DesignKind } from './design-kind.js';
import { factorial } from './factorial.js';
import { latinHypercube } from './latin-hypercube.js';
import { random } from './random.js';
import { saltelli } from './saltelli.js';
import { sobol } from './sobol.js';
import { zip } from './zip.js';

/** Designs over levels alone. */
export const levelDesigns = { factorial, zip } satisfies Record<string, DesignKind>;

/** Designs of a given count of points, over levels or ranges. */
export const sampledDesigns = {
  'latin-hypercube': latinHypercube,
  sobol,
  random,
  saltelli,
} satisfies Record<string, DesignKind>;
