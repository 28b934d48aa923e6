import type { Batch, DayFacts, Notice, TableName } from '../core/events.js';
import type { Wishes } from './decide.js';
import type { Learned } from './learning.js';

type Tables = DayFacts['tables'];

/** Which architecture each institution has, as a column of the `institutions` table. */
function withArchitecture(tables: Tables, architecture: Int32Array): Tables {
  const batch: Batch | undefined = tables.institutions;
  if (!batch) return tables;
  const seats = batch['institution'] as Int32Array;
  return { ...tables, institutions: { ...batch, architecture: seats.map((i) => architecture[i]!) } };
}

/** What a day produced, from the market, the federations and the institutions. */
export function gatherFacts(
  day: number,
  market: Pick<DayFacts, 'tables' | 'notices'>,
  learned: Learned,
  wishes: Wishes,
  notices: readonly Notice[],
): DayFacts {
  const tables: Partial<Record<TableName, Batch>> = {
    ...withArchitecture(market.tables, learned.learning.architecture),
    ...learned.facts.tables,
    ...(Object.keys(wishes.forecasts).length > 0 ? { forecasts: wishes.forecasts } : {}),
  };
  return {
    day,
    tables,
    notices: [...notices, ...learned.facts.notices, ...wishes.notices, ...market.notices],
  };
}

/** The facts of day 0. */
export const openingDay = (
  market: Pick<DayFacts, 'tables' | 'notices'>,
  architecture: Int32Array,
): DayFacts => ({
  day: 0,
  tables: withArchitecture(market.tables, architecture),
  notices: market.notices,
});
