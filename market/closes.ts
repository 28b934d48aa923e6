import type { Scenario } from '../core/scenario.js';
import type { World } from '../core/types.js';
import { EXCITED_DAYS } from './readings.js';
import { latestExcitement } from './signals.js';

/** Closes of twenty days' returns, which redemptions and drawdowns look back on. */
const MONTH = 21;

/** Closing log prices of the last twenty days and of the day before them, as far as there are, oldest first. */
export const lastMonth = ({ recent }: World): readonly Float64Array[] => recent.slice(-MONTH);

/** How many closes a world keeps: more than a month's only where an excited source is late. */
export const closesKept = (scenario: Scenario): number =>
  Math.max(MONTH, EXCITED_DAYS + latestExcitement(scenario) + 1);
