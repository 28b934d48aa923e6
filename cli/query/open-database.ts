import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type * as Api from '@duckdb/node-api';
import type { Metrics } from '../../analysis/metrics.js';
import { tables } from '../../core/events.js';
import type { Manifest } from '../manifest.js';
import { loadPackage } from '../optional-package.js';
import type { Records } from './find-records.js';

type DuckDb = typeof Api;

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;
const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A view over Parquet files, with a column that says of which folder each row is. */
async function view(
  connection: Api.DuckDBConnection,
  name: string,
  files: readonly { readonly path: string; readonly folder: string }[],
  folderColumn: string,
): Promise<void> {
  if (files.length === 0) return;
  const folders = files.map(({ path, folder }) => `(${quoted(path)}, ${quoted(folder)})`).join(', ');
  const list = files.map(({ path }) => quoted(path)).join(', ');
  await connection.run(
    `create view "${name}" as select f.folder as "${folderColumn}", t.* exclude (filename)
     from read_parquet([${list}], union_by_name = true, filename = true) t
     join (values ${folders}) f(path, folder) on f.path = t.filename`,
  );
}

async function fillRuns(connection: Api.DuckDBConnection, runs: readonly string[]): Promise<void> {
  await connection.run(
    'create table runs (run varchar, path varchar, name varchar, seed double, chain varchar, version varchar)',
  );
  const appender = await connection.createAppender('runs');
  for (const path of runs) {
    const { name, seed, chain, versions } = json<Manifest>(join(path, 'manifest.json'));
    for (const text of [basename(path), path, name]) appender.appendVarchar(text);
    appender.appendDouble(seed);
    for (const text of [chain ?? '', versions.herdscope]) appender.appendVarchar(text);
    appender.endRow();
  }
  appender.closeSync();
}

async function fillMetrics(connection: Api.DuckDBConnection, runs: readonly string[]): Promise<void> {
  await connection.run(
    'create table metrics (run varchar, metric varchar, value double, low double, high double, unit varchar, topic varchar)',
  );
  const appender = await connection.createAppender('metrics');
  const append = (value: number | null | undefined): void =>
    value == null ? appender.appendNull() : appender.appendDouble(value);
  for (const path of runs)
    for (const [name, m] of Object.entries(json<Metrics>(join(path, 'metrics.json')).measures)) {
      appender.appendVarchar(basename(path));
      appender.appendVarchar(name);
      for (const value of [m.value, m.interval?.[0], m.interval?.[1]]) append(value);
      appender.appendVarchar(m.unit);
      appender.appendVarchar(m.topic);
      appender.endRow();
    }
  appender.closeSync();
}

/** A database in memory with `runs`, `metrics`, `sweeps` (a row a run, from the sweeps' own tables), and a view for
 * each table of a record, with a column `run`. The files are read where they are.
 */
export async function openDatabase({ runs, indices }: Records): Promise<Api.DuckDBConnection> {
  const { DuckDBInstance } = await loadPackage<DuckDb>('@duckdb/node-api', 'herdscope query');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await fillRuns(connection, runs);
  await fillMetrics(connection, runs);
  for (const name of Object.keys(tables)) {
    const files = runs
      .map((run) => ({ path: join(run, `data/${name}.parquet`), folder: basename(run) }))
      .filter(({ path }) => existsSync(path));
    await view(connection, name, files, 'run');
  }
  const sweeps = indices.map((path) => ({ path, folder: basename(dirname(path)) }));
  await view(connection, 'sweeps', sweeps, 'sweep');
  return connection;
}
