import { log } from '../../core/numeric.js';
import { daily, type RunData } from '../run-data.js';

/** Days over which a fall of the index counts, and how large it must be. */
const fall = { days: 20, size: 0.1 } as const;

/** What counts as a crisis: 1 on each row of the table of days that is in one. */
export const crises = {
  'forced-sales': (run: RunData) => daily(run, 'forcedSalesUsd').map((usd) => (usd > 0 ? 1 : 0)),
  defaults: (run: RunData) => daily(run, 'defaults').map((n) => (n > 0 ? 1 : 0)),
  fall: (run: RunData) => {
    const level = daily(run, 'indexLevel');
    return level.map((now, t) => (t >= fall.days && log(now / level[t - fall.days]!) <= -fall.size ? 1 : 0));
  },
} satisfies Record<string, (run: RunData) => Float64Array>;

export type CrisisName = keyof typeof crises;
