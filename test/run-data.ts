import type { RunData } from '../analysis/run-data.js';
import type { Batch, ColumnData, DayFacts, TableName } from '../core/events.js';
import { roster } from '../core/roster.js';
import type { Scenario } from '../core/scenario.js';

const joined = (parts: readonly ColumnData[]): ColumnData =>
  Array.isArray(parts[0])
    ? (parts as (readonly string[])[]).flat()
    : Float64Array.from((parts as Float64Array[]).flatMap((part) => Array.from(part)));

/** The facts of a run as analysis reads them from its record. */
export function runDataOf(scenario: Scenario, days: readonly DayFacts[]): RunData {
  const parts = new Map<string, Batch[]>();
  for (const { tables } of days)
    for (const [name, batch] of Object.entries(tables)) parts.set(name, [...(parts.get(name) ?? []), batch]);
  const tables = Object.fromEntries(
    Array.from(parts, ([name, batches]) => [
      name as TableName,
      Object.fromEntries(Object.keys(batches[0]!).map((c) => [c, joined(batches.map((b) => b[c]!))])),
    ]),
  );
  return {
    scenario,
    roster: roster(scenario.institutions).map(({ id, type }) => ({ id, type, architecture: 'mlp' })),
    tables,
    notices: days.flatMap(({ day, notices }) => notices.map((notice) => ({ ...notice, day }))),
    command: 'herdscope run',
    version: '0',
  };
}
