import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatedFact } from '../coordinator/oversight/dated-fact.js';

const decided = /"kind":"(verdict|ordered)"/;

/** Lines of a record's events; a last line that was not finished tells nothing. */
function eventLines(folder: string): string[] {
  const path = join(folder, 'events.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
}

/** The last day that a record tells of to its end; -1: none. */
export function lastDayOf(folder: string): number {
  const closing = eventLines(folder).findLast((line) => line.includes('"kind":"day"'));
  return closing === undefined ? -1 : (JSON.parse(closing) as { readonly day: number }).day;
}

/** What people decided in a run, as its record tells. */
export function decisionsOf(folder: string): DatedFact[] {
  return eventLines(folder)
    .filter((line) => decided.test(line))
    .map((line) => JSON.parse(line) as DatedFact);
}
