import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metrics } from '../../analysis/metrics.js';
import type { MetricLabel } from '../../analysis/metrics/metric.js';
import { effectsOf } from '../../analysis/sweep/effects.js';
import { indexBytes } from '../../analysis/sweep/index-table.js';
import type { SweepData, SweepRow } from '../../analysis/sweep/sweep-data.js';
import type { Manifest } from '../manifest.js';
import { packageVersion } from '../package.js';
import { statusOf } from '../run-directory.js';
import { replaceFile } from './folder.js';
import { placesOf, type Place, type PlannedSweep } from './plan.js';

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

export const isDone = (folder: string, { run }: Place): boolean =>
  statusOf(join(folder, 'runs', run)) === 'complete';

function rowOf(folder: string, place: Place): { row: SweepRow; measures: Metrics['measures'] } {
  const run = join(folder, 'runs', place.run);
  const { measures } = json<Metrics>(join(run, 'metrics.json'));
  const { chain } = json<Manifest>(join(run, 'manifest.json'));
  const metrics = Object.fromEntries(Object.entries(measures).map(([name, m]) => [name, m.value]));
  return { row: { ...place, chain: chain ?? '', metrics }, measures };
}

const labelOf = ({ label, unit, topic, meaning }: MetricLabel): MetricLabel => ({
  label,
  unit,
  topic,
  meaning,
});

/** The finished runs of a folder, as analysis sees them. */
export function collect(folder: string, planned: PlannedSweep): SweepData {
  const done = placesOf(planned)
    .filter((place) => isDone(folder, place))
    .sort((a, b) => a.point - b.point || a.replication - b.replication)
    .map((place) => rowOf(folder, place));
  const measures = Object.entries(done[0]?.measures ?? {});
  return {
    plan: planned.plan,
    rows: done.map(({ row }) => row),
    labels: Object.fromEntries(measures.map(([name, m]) => [name, labelOf(m)])),
    version: packageVersion,
  };
}

/** Writes what a sweep's runs say together: index.parquet, effects.json, report.html and its figures. */
export async function publishSweep(folder: string, sweep: SweepData, failed: number): Promise<void> {
  if (sweep.rows.length === 0) return;
  replaceFile(join(folder, 'index.parquet'), indexBytes(sweep));
  replaceFile(join(folder, 'effects.json'), `${JSON.stringify(effectsOf(sweep), null, 2)}\n`);
  // Drawing libraries are slow to load, and planning needs none.
  const { sweepReportOf } = await import('../../analysis/report/sweep.js');
  const { files } = await sweepReportOf(sweep, failed);
  for (const [path, content] of files) replaceFile(join(folder, path), content);
}
