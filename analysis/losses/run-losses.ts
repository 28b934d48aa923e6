import { oncePer } from '../../core/once-per.js';
import { firstMeasuredDay, type RunData } from '../run-data.js';
import { channelsOfLoss, type ChannelOfLoss } from './cash-effects.js';
import { dayTables } from './day-tables.js';
import { lossesOf, type DayLosses } from './losses.js';

type DatedLosses = readonly { readonly day: number; readonly losses: DayLosses }[];

function lossesAfterWarmUp(run: RunData): DatedLosses | undefined {
  const { institutions, fills, payments } = run.tables;
  if (!institutions || !fills || !payments) return undefined;
  const first = firstMeasuredDay(run);
  return [...lossesOf(dayTables(run))].filter(({ day }) => day >= first);
}

/** Why equity changed on every day after the warm-up; undefined where the record holds no balance sheets. */
export const measuredLosses: (run: RunData) => DatedLosses | undefined = oncePer(lossesAfterWarmUp);

export type Totals = Readonly<Record<ChannelOfLoss, number>>;

/** Sums by channel over days, for the institutions that `of` picks. */
export function totalLosses(
  days: readonly { readonly losses: DayLosses }[],
  of: (institution: number) => boolean,
): Totals {
  const sum = (name: ChannelOfLoss): number =>
    days.reduce(
      (all, { losses }) => losses[name].reduce((total, usd, i) => (of(i) ? total + usd : total), all),
      0,
    );
  return Object.fromEntries(channelsOfLoss.map((name) => [name, sum(name)])) as Record<ChannelOfLoss, number>;
}
