// Sweeps: what the local engine costs beside its runs, and how the Redis engine scales, by a simulation of its queue that is
// held against two real workers.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parcelOf, unpackRun } from '../cli/sweep/parcel.js';
import { testRedis } from '../test/redis.js';
import type { Bench, Row } from './figure.js';
import { started } from './run/command.js';
import { quickSweep, type QuickSweep } from './sweep/quick-sweep.js';
import { simulatedSweep, type QueueCosts } from './sweep/simulated-queue.js';

const runs = 200;
const workers = 2;
/** Runs of the sweeps over a real Redis. */
const few = 20;

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

function localRows({ seconds, busyCores, runSeconds }: QuickSweep): Row[] {
  return [
    {
      what: `a sweep of ${runs} quick runs on ${workers} local workers: how busy they keep two cores`,
      value: (100 * busyCores) / workers,
      unit: '%',
      against: 'processor time of the machine over the wall clock of the whole command',
      target: { atLeast: 90 },
    },
    {
      what: 'the same sweep: its cost',
      value: (workers * seconds) / sum(runSeconds),
      unit: 'times the sum of its runs',
      against: `${seconds.toFixed(0)} s of two workers; the runs’ own wall clocks, ${sum(runSeconds).toFixed(0)} s`,
      target: { atMost: 1.1 },
    },
  ];
}

/** Seconds to pack a run, and to unpack it. */
function parcelSeconds(folder: string): {
  readonly packing: number;
  readonly unpacking: number;
  readonly bytes: number;
} {
  const [run] = readdirSync(join(folder, 'runs'));
  const out = mkdtempSync(join(tmpdir(), 'herdscope-bench-'));
  const repeats = 10;
  let parcel = parcelOf(join(folder, 'runs', run!));
  const start = performance.now();
  for (let r = 0; r < repeats; r++) parcel = parcelOf(join(folder, 'runs', run!));
  const middle = performance.now();
  for (let r = 0; r < repeats; r++) unpackRun(parcel, out, 'one');
  const end = performance.now();
  rmSync(out, { recursive: true });
  const each = (ms: number): number => ms / 1000 / repeats;
  return { packing: each(middle - start), unpacking: each(end - middle), bytes: parcel.length };
}

/** Wall clock of a sweep over a real Redis with so many worker processes of one seat. */
async function overRedis(url: string, count: number): Promise<QuickSweep> {
  const others = Array.from({ length: count }, () => started('sweep', 'worker', '--redis', url, '-j', '1'));
  await Promise.all(others.map(({ until }) => until(/waits for runs/)));
  const swept = await quickSweep(few, '--engine', 'redis', '--redis', url);
  for (const { child } of others) child.kill('SIGINT');
  await Promise.all(others.map(({ said }) => said));
  return swept;
}

/** Bytes a second between machines: a gigabit network. */
const network = 125e6;

/** Scaling of the Redis engine beyond this machine's cores. */
async function redisRows({ folder, runSeconds }: QuickSweep): Promise<Row[]> {
  const { packing, unpacking, bytes } = parcelSeconds(folder);
  const wire = bytes / network;
  const costs = (own: readonly number[]): QueueCosts => ({
    runs: own,
    sending: packing + wire,
    handing: 0.005,
    fetching: unpacking + wire,
    every: 0.2,
  });
  const simulated = costs(runSeconds);
  const one = simulatedSweep(simulated, 1);
  const told = `simulated: ${runs} runs of the lengths measured, packed in ${(1000 * packing).toFixed(0)} ms and unpacked one after another in ${(1000 * unpacking).toFixed(0)} ms, ${(bytes / 1000).toFixed(0)} kB over a gigabit network, 5 ms to hand one out, a look each 200 ms`;
  const rows = [2, 3, 4, 6, 8].map((count): Row => ({
    what: `the Redis engine with ${count} workers, a core each`,
    value: one / simulatedSweep(simulated, count),
    unit: 'times one worker',
    against: told,
  }));
  const redis = await testRedis();
  if (!redis)
    return [
      ...rows,
      { what: 'the simulation against real workers', skipped: 'apt-get install redis-server' },
    ];
  const real = await overRedis(redis.url, workers);
  await redis.stop();
  // What a command spends beside the queue: starting, planning, publishing.
  const beside = await quickSweep(2, '-j', '2');
  const expected =
    simulatedSweep(costs(real.runSeconds), workers) + beside.seconds - Math.max(...beside.runSeconds);
  return [
    ...rows,
    {
      what: `the simulation against ${workers} real workers, ${few} runs`,
      value: real.seconds / expected,
      unit: 'times what it says',
      against: `${real.seconds.toFixed(1)} s measured, ${expected.toFixed(1)} s by the simulation with the lengths of those runs`,
      target: { atMost: 1.15 },
    },
  ];
}

/** Engines of sweeps. */
export const sweep: Bench = async () => {
  const local = await quickSweep(runs, '-j', String(workers));
  return [...localRows(local), ...(await redisRows(local))];
};
