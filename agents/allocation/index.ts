import { equalWeight } from './equal-weight.js';
import { meanVariance } from './mean-variance.js';
import type { Strategy } from './strategy.js';

/** Every portfolio strategy, by the name a scenario uses. */
export const strategies = {
  'equal-weight': equalWeight,
  'mean-variance': meanVariance,
} satisfies Record<string, Strategy>;
