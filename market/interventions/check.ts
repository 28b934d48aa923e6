import { roster } from '../../core/roster.js';
import type { Scenario } from '../../core/scenario.js';
import { theRoster, unknownName } from '../../core/scenario/names.js';
import type { Problem } from '../../core/scenario/problem.js';

/** That an institution is on the roster. */
export function checkInstitution(id: string, scenario: Scenario): Problem[] {
  const ids = roster(scenario.institutions).map((seat) => seat.id);
  return ids.includes(id) ? [] : [unknownName(['institution'], id, ids, 'an institution', theRoster)];
}

/** That a day is on the calendar. */
export const checkDay = (key: string, day: number, scenario: Scenario): Problem[] =>
  day > scenario.days
    ? [{ path: [key], message: `day ${day} is after the last day, ${scenario.days}`, on: [['days']] }]
    : [];
