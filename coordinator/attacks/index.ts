import { aLittleIsEnough } from './a-little-is-enough.js';
import type { Attack } from './attack.js';
import { labelFlip } from './label-flip.js';
import { scaledUpdate } from './scaled-update.js';
import { signFlip } from './sign-flip.js';
import { sybils } from './sybils.js';

/** Attacks on federations by the name a scenario gives. */
export const attacks = {
  'sign-flip': signFlip,
  'scaled-update': scaledUpdate,
  'label-flip': labelFlip,
  sybils,
  'a-little-is-enough': aLittleIsEnough,
} satisfies Record<string, Attack>;
