import { metricsOf, type Metrics } from '../analysis/metrics.js';
import { hostTrouble } from './host-trouble.js';
import type { RunData } from '../analysis/run-data.js';
import type { Authority } from '../coordinator/authority.js';
import type { Hosts } from '../coordinator/learning.js';
import type { DayFacts } from '../core/events.js';
import type { Scenario } from '../core/scenario.js';
import { CliError } from './errors.js';
import { writeCheckpoint, type SavedRun } from './checkpoint-file.js';
import { execute, type Progress } from './execute.js';
import { exitCodes } from './exit-codes.js';
import { hashesOf, manifestOf, type Manifest } from './manifest.js';
import { readRun } from './run-data.js';
import {
  openRunDirectory,
  removeWorkingFiles,
  reopenRunDirectory,
  restartRunDirectory,
  runName,
} from './run-directory.js';
import type { Provenance } from './scenario-file.js';
import { stopwatch, type Stopwatch } from './stopwatch.js';

export interface Job {
  readonly scenario: Scenario;
  /** Opens the hosts that institutions run on; they are closed in any case. */
  readonly openHosts: (scenario: Scenario) => Hosts;
  readonly provenance: Provenance | undefined;
  readonly folder: string;
  readonly force: boolean;
  /** Absent where hosts keep their state to themselves. */
  readonly checkpoints?: {
    /** Rounds between checkpoints; none: only when interrupted. */
    readonly every: number | undefined;
  };
  /** Where an unfinished run of this folder is carried on. */
  readonly from?: SavedRun | undefined;
  /** Whether an unfinished run of this folder begins anew, where there is nothing to carry it on from. */
  readonly restarts?: boolean;
  /** Who decides while it runs; nobody, unless given. */
  readonly authority?: Authority | undefined;
  readonly onDay: (facts: DayFacts) => void;
  /** Called when the folder is there, before anything of the record is in it. */
  readonly opened?: (() => void) | undefined;
  /** Hears every day as it is recorded. */
  readonly published?: ((facts: DayFacts) => void) | undefined;
  /** What is told of the finished run beside its record; its report, unless said otherwise. */
  readonly publish?: Publish | undefined;
}

/** Files about a finished run, by path in its folder. */
export type Publish = (run: RunData, metrics: Metrics) => Promise<ReadonlyMap<string, string>>;

/** Drawing libraries are slow to load, and no other command needs them. */
const report: Publish = async (run, metrics) => {
  const { reportOf } = await import('../analysis/report/index.js');
  return (await reportOf(run, metrics)).files;
};

/** No more than the record and its measures: for a run among many. */
export const nothingMore: Publish = () => Promise.resolve(new Map());

export interface Outcome {
  readonly metrics: Metrics;
  readonly manifest: Manifest;
}

/** The command that makes the same record from the record itself. */
const commandFor = (scenario: Scenario): string => `herdscope reproduce ${runName(scenario)}`;

type Signal = 'SIGINT' | 'SIGTERM';
const signalCodes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated } as const;

/** Listens for signals until told to stop. */
function listen(): { readonly caught: () => Signal | undefined; readonly release: () => void } {
  let signal: Signal | undefined;
  const hear = (caught: NodeJS.Signals): void => {
    if (signal) process.exit(signalCodes[signal]);
    signal = caught as Signal;
  };
  process.on('SIGINT', hear).on('SIGTERM', hear);
  return {
    caught: () => signal,
    release: () => process.off('SIGINT', hear).off('SIGTERM', hear),
  };
}

/** Checkpoints fall on the last day before a round. */
const isDue = ({ roundEvery }: Scenario, rounds: number | undefined, day: number): boolean =>
  rounds !== undefined && day > 0 && day % (rounds * roundEvery) === 0;

/** Runs a scenario into its folder: resolved.json first, manifest.json last. */
export async function simulateInto({
  scenario,
  openHosts,
  provenance,
  folder,
  force,
  checkpoints,
  from,
  restarts = false,
  authority,
  onDay,
  opened,
  published,
  publish = report,
}: Job): Promise<Outcome> {
  const directory = from
    ? reopenRunDirectory(folder, from.lengths)
    : restarts
      ? restartRunDirectory(folder, scenario)
      : openRunDirectory(folder, force);
  opened?.();
  const keep = (progress: Progress): void => {
    const lengths = directory.settle();
    writeCheckpoint(folder, scenario, {
      ...progress,
      lengths,
      checkpointEvery: checkpoints?.every,
      provenance,
    });
  };
  const signals = listen();
  const [started, time] = [new Date().toISOString(), stopwatch()];
  const state = { engine: 'unknown', chain: null as string | null };
  const leave = (status: Manifest['status'], reason?: string): Manifest => {
    directory.close();
    const manifest = manifestOf({
      status,
      ...(reason === undefined ? {} : { reason }),
      name: scenario.name,
      seed: scenario.seed,
      command: commandFor(scenario),
      engine: state.engine,
      calibration: provenance ?? null,
      chain: state.chain,
      files: hashesOf(folder),
      wallClock: wallClockOf(started, time),
    });
    directory.write('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    return manifest;
  };
  try {
    const done = await execute({
      scenario,
      hosts: openHosts(scenario),
      sink: directory.append,
      from,
      authority,
      watchTime: time,
      watch: {
        day: (facts) => {
          onDay(facts);
          published?.(facts);
        },
        stopped: () => signals.caught() !== undefined,
        checkpoints: checkpoints && { due: (day) => isDue(scenario, checkpoints.every, day), keep },
      },
    });
    [state.engine, state.chain] = [done.engine, done.chain];
    const signal = signals.caught();
    if (!done.finished && signal) {
      leave('interrupted', signal);
      throw new CliError(signalCodes[signal], [
        `interrupted: ${folder} is not complete${checkpoints ? `; to carry on: herdscope resume ${folder}` : ''}`,
      ]);
    }
    directory.close();
    const run = await time.awaiting('reading back', () => readRun(folder, commandFor(scenario)));
    const metrics = time.during('metrics', () => metricsOf(run));
    directory.write('metrics.json', `${JSON.stringify(metrics, null, 2)}\n`);
    const about = await time.awaiting('report', () => publish(run, metrics));
    for (const [path, text] of about) directory.write(path, text);
    const manifest = leave('complete');
    removeWorkingFiles(folder);
    return { metrics, manifest };
  } catch (error) {
    if (error instanceof CliError && error.exitCode > 100) throw error;
    failed(leave, error);
    throw hostTrouble(error) ? new CliError(exitCodes.run, [error.message]) : error;
  } finally {
    signals.release();
  }
}

function wallClockOf(started: string, time: Stopwatch): Manifest['wallClock'] {
  const [seconds, parts] = [time.total(), time.parts('market and rounds')];
  return { started, seconds, learningShare: (parts['learning'] ?? 0) / seconds, parts };
}

/** Says in the folder that the run failed, where it can still be written to. */
function failed(leave: (status: 'failed', reason: string) => unknown, error: unknown): void {
  try {
    leave('failed', error instanceof Error ? error.message : String(error));
  } catch {
    // A folder that takes no manifest does not look complete either.
  }
}
