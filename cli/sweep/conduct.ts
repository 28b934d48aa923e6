import { join } from 'node:path';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Globals } from '../globals.js';
import { progress } from '../progress.js';
import { isDone } from './collect.js';
import type { Engine, Settled } from './engines/engine.js';
import { writeFailures, type Failure } from './failures.js';
import { lock, openSweep } from './folder.js';
import { jobAt, placesOf, type Place, type PlannedSweep } from './plan.js';
import { inShard, type Shard } from './shard.js';

export interface Conduct {
  readonly planned: PlannedSweep;
  readonly folder: string;
  readonly engine: Engine;
  /** Part of the runs to make; none: all. */
  readonly shard: Shard | undefined;
  /** The command that carries on where a signal stopped this one. */
  readonly again: string;
  readonly options: Globals;
}

export interface Conducted<T> {
  readonly made: number;
  readonly failures: readonly Failure[];
  /** What was published. */
  readonly published: T;
}

/** Whether a signal asked to stop. */
function interruption(): { readonly asked: () => boolean; readonly release: () => void } {
  let asked = false;
  const hear = (): void => {
    asked = true;
  };
  process.once('SIGINT', hear).once('SIGTERM', hear);
  return { asked: () => asked, release: () => process.off('SIGINT', hear).off('SIGTERM', hear) };
}

/** The first place of each run: points that resolve to one scenario share its runs. */
const distinct = (places: readonly Place[]): Map<string, Place> =>
  new Map([...places].reverse().map((place) => [place.run, place]));

/** Makes all runs of a sweep that are not there yet, then lets `publish` say what they say together. */
export async function conduct<T>(
  { planned, folder, engine, shard, again, options }: Conduct,
  publish: (failures: readonly Failure[]) => Promise<T>,
): Promise<Conducted<T>> {
  openSweep(folder, planned);
  const release = lock(folder);
  const signals = interruption();
  const wanted = placesOf(planned).filter((_, i) => inShard(i, shard));
  const pending = [...distinct(wanted).values()].reverse().filter((place) => !isDone(folder, place));
  const bar = progress(pending.length, options, 'run');
  const places = new Map(pending.map((place) => [place.run, place]));
  const failures: Failure[] = [];
  let made = 0;
  const settled = ({ job, failure }: Settled): void => {
    made++;
    if (failure !== undefined) {
      const place = places.get(job.run)!;
      failures.push({ ...place, label: planned.plan.points[place.point]!.label, reason: failure });
    }
    bar.update(made, failures.length > 0 ? `${failures.length} failed` : '');
  };
  try {
    const jobs = pending.map((place) => jobAt(planned, place));
    const assignment = { sweep: folder, jobs, runs: join(folder, 'runs'), settled, stopped: signals.asked };
    await engine(assignment)
      .catch((error: unknown) => {
        if (!(error instanceof CliError) || error.exitCode !== exitCodes.unreachable) throw error;
        const kept = made - failures.length;
        throw new CliError(error.exitCode, [
          ...error.lines,
          `${kept} of ${pending.length} runs were made and are kept; to carry on: ${again}`,
        ]);
      })
      .finally(() => writeFailures(folder, failures));
    if (signals.asked()) throw new CliError(exitCodes.interrupted, [`interrupted; to carry on: ${again}`]);
    return { made, failures, published: await publish(failures) };
  } finally {
    signals.release();
    release();
    if (pending.length > 0) bar.done();
  }
}
