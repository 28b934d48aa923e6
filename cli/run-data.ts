import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { keptTables } from '../analysis/record/batch.js';
import { readTable } from '../analysis/record/read.js';
import type { RunData } from '../analysis/run-data.js';
import type { Batch, Notice, TableName } from '../core/events.js';
import { scenarioSchema, withDerivedDefaults, type Scenario } from '../core/scenario.js';
import { catalogue } from './catalogue.js';
import { packageVersion } from './package.js';

interface Dictionary {
  readonly roster: RunData['roster'];
}

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** Reads a record from disk: what every measure and figure is computed from. */
export async function readRun(folder: string, command: string): Promise<RunData> {
  const scenario = json<Scenario>(join(folder, 'resolved.json'));
  const read = async (name: TableName): Promise<[TableName, Batch]> => [
    name,
    await readTable(name, readFileSync(join(folder, `data/${name}.parquet`))),
  ];
  const tables = Object.fromEntries(
    await Promise.all(keptTables(scenario.record).map(read)),
  ) as RunData['tables'];
  const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8').trimEnd().split('\n');
  const notices = lines
    .filter((line) => !line.includes('"kind":"day"'))
    .map((line) => JSON.parse(line) as Notice & { readonly day: number });
  const { roster } = json<Dictionary>(join(folder, 'data/dictionary.json'));
  const defaults = withDerivedDefaults(scenarioSchema(catalogue).parse({ name: scenario.name }));
  return { scenario, defaults, roster, tables, notices, command, version: packageVersion };
}
