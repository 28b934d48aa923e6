import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { detectableEffect } from '../../analysis/statistics/detectable-effect.js';
import { replicationsFor } from '../../analysis/statistics/power.js';
import type { Command } from '../command.js';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import { wholeNumber, type Globals } from '../globals.js';
import { notesOf } from '../notes.js';
import { planChecked } from '../sweep/check-points.js';
import { collect, isDone, publishSweep } from '../sweep/collect.js';
import { conduct } from '../sweep/conduct.js';
import { effectSize } from '../sweep/effect-size.js';
import { engines, type EngineOptions } from '../sweep/engines/index.js';
import { readFailures } from '../sweep/failures.js';
import { readPlan } from '../sweep/folder.js';
import { mergeSweeps } from '../sweep/merge.js';
import { placesOf, sweepName, type PlannedSweep } from '../sweep/plan.js';
import { shardOf } from '../sweep/shard.js';
import { takeRuns } from '../sweep/take-runs.js';

const print = ({ format }: Globals, found: object, lines: readonly string[]): void => {
  const printed = { json: () => JSON.stringify(found, null, 2), text: () => lines.join('\n') };
  process.stdout.write(`${printed[format]()}\n`);
};

interface PlanOptions extends Globals {
  readonly design: string;
  readonly effect?: string | undefined;
  readonly pilot?: string | undefined;
  readonly family: number;
}

async function plan(options: PlanOptions): Promise<void> {
  const { planned, notes } = await planChecked(options.design);
  const { points, replications } = planned.plan;
  const { effect, pilot, family } = options;
  const level = 0.05 / family;
  const seen = detectableEffect(replications, 0.8, level);
  const size = effect === undefined ? undefined : await effectSize(effect, pilot);
  const needed = size && replicationsFor(size.standardised, 0.8, level);
  const levelText = family === 1 ? '5% level' : `5% level, shared out among ${family} tests`;
  const runs = new Set(placesOf(planned).map((p) => p.run)).size;
  print(options, { sweep: sweepName(planned), points, replications, runs, detectableEffect: seen, needed }, [
    `${sweepName(planned)}: ${points.length} points by ${replications} replications, ${runs} runs`,
    ...points.flatMap((p, i) => [
      `  ${i}  ${p.label}`,
      ...[...notesOf(planned.scenarios[i]!), ...notes[i]!].map((note) => `     note: ${note}`),
    ]),
    Number.isFinite(seen)
      ? `sees a paired effect of ${seen.toFixed(2)} standard deviations of the difference with 80% power at the ${levelText}`
      : 'one replication gives no interval',
    ...(size ? [`an effect of ${size.said} needs ${needed ?? 'over a million'} replications`] : []),
  ]);
}

interface MakeOptions extends Globals, EngineOptions {
  readonly engine: keyof typeof engines;
  readonly shard?: string | undefined;
}

/** Makes what is missing of a sweep and says what became of it; failed runs are exit code 5. */
async function make(planned: PlannedSweep, folder: string, options: MakeOptions): Promise<void> {
  const shard = shardOf(options.shard);
  const engine = engines[options.engine](options);
  const again = [
    `herdscope sweep resume ${folder}`,
    ...(options.engine === 'local' ? [] : [`--engine ${options.engine}`]),
    ...(options.redis === undefined ? [] : [`--redis ${options.redis}`]),
  ].join(' ');
  const publish = async (failed: readonly unknown[]): Promise<number> => {
    const sweep = collect(folder, planned);
    await publishSweep(folder, sweep, failed.length);
    return sweep.rows.length;
  };
  const {
    made,
    failures,
    published: finished,
  } = await conduct({ planned, folder, engine, shard, again, options }, publish);
  print(
    options,
    { sweep: folder, made, finished, failed: failures.length, report: join(folder, 'report.html') },
    [
      `${made} runs made, ${finished} finished in all${failures.length > 0 ? `, ${failures.length} failed` : ''}`,
      join(folder, 'report.html'),
    ],
  );
  if (failures.length > 0)
    throw new CliError(exitCodes.sweep, [
      `${failures.length} runs failed; ${join(folder, 'failures.jsonl')} says why`,
    ]);
}

interface RunOptions extends MakeOptions {
  readonly design: string;
  readonly out: string;
}

async function run(options: RunOptions): Promise<void> {
  const { planned } = await planChecked(options.design);
  const shard = shardOf(options.shard);
  const part = shard ? `-shard-${shard.index}-of-${shard.of}` : '';
  await make(planned, join(options.out, `${sweepName(planned)}${part}`), options);
}

const shardOfFolder = (folder: string): string | undefined => {
  const [, index, of] = /-shard-(\d+)-of-(\d+)\/?$/.exec(folder) ?? [];
  return index && of ? `${index}/${of}` : undefined;
};

interface FolderOptions extends Globals {
  readonly folder: string;
}

const resume = (options: MakeOptions & FolderOptions): Promise<void> =>
  make(readPlan(options.folder), options.folder, { ...options, shard: shardOfFolder(options.folder) });

interface WorkerOptions extends Globals {
  readonly redis: string;
  readonly workers?: number | undefined;
}

const worker = ({ redis, workers = availableParallelism(), quiet }: WorkerOptions): Promise<void> =>
  takeRuns(redis, workers, (line) => {
    if (!quiet) process.stderr.write(`${line}\n`);
  });

function status(options: FolderOptions): void {
  const planned = readPlan(options.folder);
  const places = placesOf(planned);
  const finished = places.filter((place) => isDone(options.folder, place)).length;
  const failures = readFailures(options.folder);
  const left = places.length - finished;
  print(options, { runs: places.length, finished, left, failures }, [
    `${finished} of ${places.length} runs finished, ${left} left`,
    ...failures.map((f) => `failed: ${f.run} (${f.label}, seed ${f.seed}): ${f.reason}`),
  ]);
}

interface MergeOptions extends Globals {
  readonly into: string;
  readonly folders: readonly string[];
}

async function merge(options: MergeOptions): Promise<void> {
  const { rows, plan: merged } = await mergeSweeps(options.into, options.folders);
  const wanted = merged.points.length * merged.replications;
  print(options, { sweep: options.into, finished: rows.length, runs: wanted }, [
    `${rows.length} of ${wanted} runs in ${options.into}`,
  ]);
}

const designPositional = <T>(yargs: Argv<T>): Argv<T> =>
  yargs.positional('design', { type: 'string', demandOption: true, describe: 'The sweep’s YAML file' });
const folderPositional = <T>(yargs: Argv<T>): Argv<T> =>
  yargs.positional('folder', { type: 'string', demandOption: true, describe: 'The sweep’s folder' });

const workersOption = (describe: string) =>
  ({
    alias: 'j',
    type: 'number',
    defaultDescription: 'as many as the machine has cores',
    describe,
    coerce: (value: number | undefined) =>
      value === undefined ? undefined : wholeNumber('--workers')(value),
  }) as const;

const makeOptions = <T>(yargs: Argv<T>): Argv<T> =>
  yargs
    .option('engine', {
      choices: Object.keys(engines),
      default: 'local',
      describe: 'Where runs are made: by processes here, or by workers that share a Redis',
    })
    .option('redis', { type: 'string', describe: 'Address of the Redis of --engine redis' })
    .option('workers', workersOption('Worker processes of the local engine'));

const actions = (yargs: Argv): Argv =>
  yargs
    .command({
      command: 'plan <design>',
      describe: 'Check a design and say what it would run, and what effect it could see',
      builder: (y: Argv) =>
        designPositional(y)
          .option('effect', {
            type: 'string',
            describe:
              'Say how many replications an effect needs: 0.5, in standard deviations of the paired difference, or crowding=0.02 with --pilot',
          })
          .option('pilot', {
            type: 'string',
            describe:
              'A finished sweep of such a design, by which a measure’s effect is put into standard deviations',
          })
          .option('family', {
            type: 'number',
            default: 1,
            describe: 'Effects that are tested together: the level is shared out among them',
            coerce: wholeNumber('--family'),
          }),
      handler: plan,
    } as never)
    .command({
      command: 'run <design>',
      describe: 'Make every run of a design that is not there yet',
      builder: (y: Argv) =>
        makeOptions(designPositional(y))
          .option('out', {
            type: 'string',
            default: 'sweeps',
            describe: 'Folder that the sweep’s own is made in',
          })
          .option('shard', { type: 'string', describe: 'Only part i of n, as i/n, in a folder of its own' }),
      handler: run,
    } as never)
    .command({
      command: 'resume <folder>',
      describe: 'Make what is missing or failed in a sweep’s folder',
      builder: (y: Argv) => makeOptions(folderPositional(y)),
      handler: resume,
    } as never)
    .command({
      command: 'worker',
      describe: 'Make runs of sweeps that share a Redis, until interrupted',
      builder: (y: Argv) =>
        y
          .option('redis', {
            type: 'string',
            demandOption: true,
            describe: 'Address of the Redis, such as redis://127.0.0.1:6379',
          })
          .option('workers', workersOption('Runs made at once')),
      handler: worker,
    } as never)
    .command({
      command: 'status <folder>',
      describe: 'Say what is finished, failed and left',
      builder: (y: Argv) => folderPositional(y),
      handler: status,
    } as never)
    .command({
      command: 'merge <into> <folders..>',
      describe: 'Join the shards of a sweep',
      builder: (y: Argv) =>
        y
          .positional('into', { type: 'string', demandOption: true, describe: 'Folder of the whole sweep' })
          .positional('folders', { type: 'string', array: true, describe: 'Folders of its shards' }),
      handler: merge,
    } as never)
    .demandCommand(1, 'sweep: say plan, run, resume, worker, status or merge');

/** `herdscope sweep`: many runs of one design, and what they say together. */
export const sweepCommand: Command = {
  builder: actions,
  handler: () => undefined,
};
