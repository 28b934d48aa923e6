import type { Batch, DayFacts, Level, TableName } from '../../core/events.js';
import { keptTables } from './batch.js';
import { dayLines, genesis } from './chain.js';
import { hashTables } from './hashing.js';
import { parquetTable, type TableState } from './parquet-table.js';

/** Appends bytes to a file of the record, by its path inside the run's folder. */
export type Sink = (path: string, bytes: Uint8Array) => void;

/** Days in a row group: fixed, so that a table's bytes do not depend on how a run went. */
const daysPerGroup = 50;

/** What the rest of a record depends on, beside its bytes so far. */
export interface RecorderState {
  readonly previous: string;
  readonly tables: Readonly<Record<string, TableState>>;
}

/** Turns facts into the record: tables as Parquet, notices and the hash chain as lines. */
export interface Recorder {
  readonly add: (facts: DayFacts) => void;
  readonly state: () => RecorderState;
  /** Completes every file; returns the hash of the last `day` line. */
  readonly finish: () => string;
}

/** Begins a record, or carries on with one. */
export function createRecorder(level: Level, sink: Sink, from?: RecorderState): Recorder {
  const names = keptTables(level);
  const files = new Map(
    names.map((name) => [
      name,
      parquetTable(name, (bytes) => sink(`data/${name}.parquet`, bytes), from?.tables[name]),
    ]),
  );
  const text = new TextEncoder();
  let previous = from?.previous ?? genesis;
  return {
    add({ day, tables, notices }) {
      const kept = names.flatMap((name): [TableName, Batch][] =>
        tables[name] ? [[name, tables[name]]] : [],
      );
      for (const [name, batch] of kept) files.get(name)!.add(batch);
      const lines = dayLines(day, notices, hashTables(kept), previous);
      sink('events.jsonl', text.encode(lines.text));
      previous = lines.hash;
      if (day % daysPerGroup === daysPerGroup - 1) for (const file of files.values()) file.flush();
    },
    state: () => ({
      previous,
      tables: Object.fromEntries(Array.from(files, ([name, file]) => [name, file.state()])),
    }),
    finish() {
      for (const file of files.values()) file.finish();
      return previous;
    },
  };
}
