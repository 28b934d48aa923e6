import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareRuns, type Side } from '../../analysis/comparison/compare-runs.js';
import { compareSweeps, type RunPair, type SweepSide } from '../../analysis/comparison/compare-sweeps.js';
import { sayRuns } from '../../analysis/comparison/say-runs.js';
import { saySweeps, type Parted } from '../../analysis/comparison/say-sweeps.js';
import type { Metrics } from '../../analysis/metrics.js';
import { written, type Block } from '../../analysis/text/document.js';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import { firstDifference } from '../first-difference.js';
import { readRun } from '../run-data.js';
import { readPlan } from '../sweep/folder.js';
import { isSweep, readSweep } from '../sweep/read-sweep.js';
import { completeManifest } from './verify.js';

interface Options {
  readonly a: string;
  readonly b: string;
  readonly format: 'text' | 'json' | 'markdown';
}

/** What two folders' difference is, to be computed on and to be read. */
interface Found {
  readonly json: object;
  readonly blocks: readonly Block[];
}

async function sideOf(folder: string): Promise<Side> {
  completeManifest(folder);
  const metrics = JSON.parse(readFileSync(join(folder, 'metrics.json'), 'utf8')) as Metrics;
  return { run: await readRun(folder, ''), metrics };
}

async function ofRuns({ a, b }: Options): Promise<Found> {
  const comparison = compareRuns(await sideOf(a), await sideOf(b));
  const same = comparison.scenario.every(({ path }) => path === 'name');
  const firstDifferingDay = same ? (firstDifference(a, b) ?? null) : null;
  return {
    json: { kind: 'runs', a, b, ...comparison, firstDifference: firstDifferingDay },
    blocks: sayRuns(comparison, [a, b], firstDifferingDay),
  };
}

async function sweepSideOf(folder: string): Promise<SweepSide> {
  const sweep = await readSweep(folder);
  const scenarios = existsSync(join(folder, 'plan.json')) ? readPlan(folder).scenarios : undefined;
  return { sweep, scenarios };
}

/** Where the records of a run part, as far as both folders still hold them. */
function partedAt(a: string, b: string, runs: RunPair): Parted {
  const [before, after] = [join(a, 'runs', runs.a), join(b, 'runs', runs.b)];
  const held = [before, after].every((folder) => existsSync(join(folder, 'events.jsonl')));
  const where = held ? firstDifference(before, after) : undefined;
  return {
    run: runs.a,
    where: where ?? 'the ends of their chains differ; a record is not at hand to say where',
  };
}

async function ofSweeps({ a, b }: Options): Promise<Found> {
  const [before, after] = [await sweepSideOf(a), await sweepSideOf(b)];
  const comparison = compareSweeps(before, after);
  const parted = comparison.parted.map((runs) => partedAt(a, b, runs));
  return {
    json: { kind: 'sweeps', a, b, ...comparison, parted },
    blocks: saySweeps(comparison, { ...after.sweep.labels, ...before.sweep.labels }, [a, b], parted),
  };
}

async function diff(options: Options): Promise<void> {
  const { a, b, format } = options;
  for (const folder of [a, b]) if (!existsSync(folder)) throw usageError(`${folder} does not exist`);
  if (isSweep(a) !== isSweep(b))
    throw usageError(
      `${isSweep(a) ? b : a} is not a sweep, and ${isSweep(a) ? a : b} is: compare like with like`,
    );
  const { json, blocks } = await (isSweep(a) ? ofSweeps : ofRuns)(options);
  const printed = {
    json: () => `${JSON.stringify(json, null, 2)}\n`,
    text: () => written(blocks, 'text'),
    markdown: () => written(blocks, 'markdown'),
  };
  process.stdout.write(printed[format]());
}

/** `herdscope diff`: what differs between two runs, or two sweeps. */
export const diffCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('a', { type: 'string', demandOption: true, describe: 'A run’s or a sweep’s folder' })
      .positional('b', { type: 'string', demandOption: true, describe: 'The other’s' })
      .option('format', { choices: ['markdown'], describe: 'How results are printed' }) as never,
  handler: diff,
};
