import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SweepData, SweepRow } from '../../analysis/sweep/sweep-data.js';
import { stream } from '../../core/random.js';
import { CliError, usageError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Globals } from '../globals.js';
import type { Manifest } from '../manifest.js';
import { progress } from '../progress.js';
import type { Settled } from '../sweep/engines/engine.js';
import { localEngine } from '../sweep/engines/local.js';
import { readPlan } from '../sweep/folder.js';
import { jobAt, placesOf, planSweep, type Place, type PlannedSweep } from '../sweep/plan.js';
import { readSweep } from '../sweep/read-sweep.js';

/** Which runs of a sweep to make again, and how. */
export interface Sampling {
  /** How many; none: all. */
  readonly sample: number | undefined;
  /** Of the lot that chooses them. */
  readonly seed: number;
  readonly workers: number;
}

/** A recorded run, and where its plan says it is from. */
interface Check {
  readonly row: SweepRow;
  readonly place: Place;
}

/** The plan of a sweep's folder, or of a study's design. */
function plannedOf(folder: string): PlannedSweep {
  if (existsSync(join(folder, 'plan.json'))) return readPlan(folder);
  const design = join(folder, 'design.yaml');
  if (!existsSync(design))
    throw usageError(
      `${folder}: has results, but neither a plan.json nor a design.yaml to make them again by`,
    );
  return planSweep(design);
}

const keyOf = ({ point, replication }: { readonly point: number; readonly replication: number }): string =>
  `${point}.${replication}`;

/** Every recorded run beside its place in the plan; a table of another design is refused. */
function checksOf(folder: string, { plan, rows }: SweepData, planned: PlannedSweep): Check[] {
  const places = new Map(placesOf(planned).map((place) => [keyOf(place), place]));
  const labels = planned.plan.points.map(({ label }) => label);
  return rows.map((row) => {
    const place = places.get(keyOf(row));
    if (place?.seed !== row.seed || labels[row.point] !== plan.points[row.point]!.label)
      throw new CliError(exitCodes.mismatch, [
        `${folder}: run ${row.run} (${plan.points[row.point]!.label}, seed ${row.seed}) is not of this design`,
      ]);
    return { row, place };
  });
}

/** A sample without replacement, by lot, in the order of the table. */
function chosen(checks: readonly Check[], { sample, seed }: Sampling): Check[] {
  if (sample === undefined || sample >= checks.length) return [...checks];
  const lot = stream({ seed, purpose: 'reproduce-sample' }).shuffle([...checks.keys()]);
  return lot
    .slice(0, sample)
    .sort((a, b) => a - b)
    .map((i) => checks[i]!);
}

const chainIn = (folder: string): string | null =>
  (JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest).chain;

/** Makes runs again in a folder of their own; what each came to, by its name. */
async function chainsOf(
  planned: PlannedSweep,
  checks: readonly Check[],
  { workers }: Sampling,
  options: Globals,
): Promise<Map<string, string>> {
  const runs = mkdtempSync(join(tmpdir(), 'herdscope-reproduce-'));
  const jobs = [...new Map(checks.map(({ place }) => [place.run, jobAt(planned, place)])).values()];
  const bar = progress(jobs.length, options, 'run');
  const found = new Map<string, string>();
  const settled = ({ job, failure }: Settled): void => {
    found.set(job.run, failure === undefined ? (chainIn(join(runs, job.run)) ?? '') : `failed: ${failure}`);
    rmSync(join(runs, job.run), { recursive: true, force: true });
    bar.update(found.size, '');
  };
  try {
    await localEngine(workers)({ sweep: runs, jobs, runs, settled, stopped: () => false });
  } finally {
    bar.done();
    rmSync(runs, { recursive: true, force: true });
  }
  return found;
}

const short = (chain: string): string => (/^[0-9a-f]{64}$/.test(chain) ? chain.slice(0, 12) : chain);

/** Makes a sweep's runs again, all or a sample, and compares the hash of each run's last day, which chains all before. */
export async function reproduceSweep(folder: string, sampling: Sampling, options: Globals): Promise<void> {
  const sweep = await readSweep(folder);
  const planned = plannedOf(folder);
  const checks = chosen(checksOf(folder, sweep, planned), sampling);
  const chains = await chainsOf(planned, checks, sampling, options);
  const differ = checks.filter(({ row, place }) => chains.get(place.run) !== row.chain);
  if (differ.length > 0)
    throw new CliError(exitCodes.mismatch, [
      `${folder}: ${differ.length} of ${checks.length} runs were not reproduced`,
      ...differ.map(
        ({ row, place }) =>
          `${row.run} (${sweep.plan.points[row.point]!.label}, seed ${row.seed}): ${short(row.chain)} is recorded, ${short(chains.get(place.run)!)} came out`,
      ),
    ]);
  const renamed = checks.filter(({ row, place }) => row.run !== place.run).map(({ row }) => row.run);
  const [runs, of, { seed }] = [checks.length, sweep.rows.length, sampling];
  const printed = {
    json: () => JSON.stringify({ reproduced: true, runs, of, seed, renamed }),
    text: () =>
      [
        `reproduced: ${runs} of ${of} runs${runs < of ? `, drawn by seed ${seed},` : ''} end in the recorded hash`,
        ...(renamed.length > 0
          ? [
              `${renamed.length} of them have another name by now: their scenario is written otherwise (version ${sweep.version} then)`,
            ]
          : []),
      ].join('\n'),
  };
  process.stdout.write(`${printed[options.format]()}\n`);
}
