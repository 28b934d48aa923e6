import type { Realised } from '../../../core/lots.js';
import type { TaxPlan } from './plan.js';

/** Gains of a year so far, and losses carried from years before (not positive). */
export interface TaxYear {
  readonly short: number;
  readonly long: number;
}

export const noGains: TaxYear = { short: 0, long: 0 };

export const withGains = (
  year: TaxYear,
  realised: readonly Realised[],
  { longAfterDays }: TaxPlan,
): TaxYear => {
  let { short, long } = year;
  for (const { gain, heldDays } of realised)
    if (heldDays > longAfterDays) long += gain;
    else short += gain;
  return { short, long };
};

/** A net loss of one kind first meets the gains of the other. */
function netted({ short, long }: TaxYear): TaxYear {
  if (short * long >= 0) return { short, long };
  const net = short + long;
  const sign = net >= 0 ? Math.max : Math.min;
  return short > 0 === net >= 0 ? { short: sign(net, 0), long: 0 } : { short: 0, long: sign(net, 0) };
}

/** Tax on a year's gains.
 * @formula rate_short · max(0, net short) + rate_long · max(0, net long), after each has met the other's losses
 * @source  26 U.S. Code § 1222 (netting of short-term and long-term gains)
 */
export function taxDue(year: TaxYear, { shortRate, longRate }: TaxPlan): number {
  const { short, long } = netted(year);
  return shortRate * Math.max(0, short) + longRate * Math.max(0, long);
}

/** What a year leaves to the next: its net losses. */
export function carried(year: TaxYear): TaxYear {
  const { short, long } = netted(year);
  return { short: Math.min(0, short), long: Math.min(0, long) };
}
