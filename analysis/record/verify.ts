import type { Batch, ColumnData, TableName } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import { keptTables } from './batch.js';
import { genesis, type DayLine } from './chain.js';
import { hashTables, hashText } from './hashing.js';
import { readTable } from './read.js';

/** Reads a file of the record by its path inside the run's folder. */
export type Read = (path: string) => Uint8Array;

/** A table sorted by day, read as days go by. */
interface Cursor {
  readonly name: TableName;
  /** The rows of a day. */
  readonly take: (day: number) => Batch;
  /** Rows that no day has taken. */
  readonly left: () => number;
}

function dayCursor(name: TableName, batch: Batch): Cursor {
  const days = batch['day'] as Int32Array;
  let at = 0;
  const take = (day: number): Batch => {
    const from = at;
    while (at < days.length && days[at] === day) at++;
    return Object.fromEntries(
      Object.entries(batch).map(([column, data]): [string, ColumnData] => [column, data.slice(from, at)]),
    );
  };
  return { name, take, left: () => days.length - at };
}

interface DayText {
  readonly closing: string;
  readonly line: DayLine;
  readonly notices: string;
}

/** events.jsonl cut into days. */
function daysOf(text: string): DayText[] {
  const days: DayText[] = [];
  let notices = '';
  for (const line of text.split('\n').slice(0, -1)) {
    const parsed = JSON.parse(line) as { readonly kind: string };
    if (parsed.kind === 'day') {
      days.push({ closing: line, line: parsed as unknown as DayLine, notices });
      notices = '';
    } else notices += `${line}\n`;
  }
  return days;
}

const cursors = (read: Read, scenario: Scenario): Promise<Cursor[]> =>
  Promise.all(
    keptTables(scenario.record).map(async (name) =>
      dayCursor(name, await readTable(name, read(`data/${name}.parquet`))),
    ),
  );

/** Recomputes the chain of a record from its tables and lines; returns the first broken link, or undefined.
 *
 * A day's line holds the hash of that day's rows, of its notices, and of the line before: who changes any
 * row or line must change every line after it, and the manifest's end of the chain.
 */
export async function verifyRecord(read: Read, end: string | null): Promise<string | undefined> {
  const text = new TextDecoder();
  const scenario = JSON.parse(text.decode(read('resolved.json'))) as Scenario;
  const days = daysOf(text.decode(read('events.jsonl')));
  const tables = await cursors(read, scenario);
  let previous = genesis;
  for (const [expected, { closing, line, notices }] of days.entries()) {
    if (line.day !== expected) return `events.jsonl: day ${expected} is missing`;
    if (line.previous !== previous)
      return `events.jsonl, day ${line.day}: does not follow from the day line before`;
    if (line.notices !== hashText(notices))
      return `events.jsonl, day ${line.day}: its decisions are not those recorded`;
    const rows = tables.map(({ name, take }): [TableName, Batch] => [name, take(line.day)]);
    if (line.tables !== hashTables(rows))
      return `data/, day ${line.day}: the rows of its tables are not those recorded`;
    previous = hashText(closing);
  }
  if (days.length !== scenario.days + 1)
    return `events.jsonl: ends on day ${days.length - 1} of ${scenario.days}`;
  if (end !== null && previous !== end) return 'events.jsonl: does not end where the manifest says';
  const longer = tables.find(({ left }) => left() > 0);
  return longer && `data/${longer.name}.parquet: has rows of days that the record does not have`;
}
