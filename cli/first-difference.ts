import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DayLine } from '../analysis/record/chain.js';

const dayLinesOf = (folder: string): DayLine[] =>
  readFileSync(join(folder, 'events.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"kind":"day"'))
    .map((line) => JSON.parse(line) as DayLine);

/** The first day on which two records part, and in what. */
export function firstDifference(original: string, again: string): string | undefined {
  const [before, after] = [dayLinesOf(original), dayLinesOf(again)];
  for (const [i, line] of before.entries()) {
    const other = after[i];
    if (other?.tables !== line.tables) return `day ${line.day}: the rows of its tables differ`;
    if (other.notices !== line.notices) return `day ${line.day}: its decisions differ`;
  }
  return undefined;
}
