import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { expect } from 'chai';
import { queueName } from '../../cli/sweep/queue.js';
import { herdscope, start, workplace, type Said } from '../cli/herdscope.js';
import { makeSmallSweep, smallDesign, writeDesign } from '../cli/small-sweep.js';
import { testRedis, type TestRedis } from '../redis.js';

/** Runs that last long enough to be disturbed. */
const long = smallDesign.replace('replications: 2', '  days: [400]\nreplications: 2');

const onlySweep = (out: string): string => join(out, readdirSync(out)[0]!);
const table = (sweep: string): Buffer => readFileSync(join(sweep, 'index.parquet'));
/** Hashes of the files of every run. */
const files = (sweep: string): unknown[] =>
  readdirSync(join(sweep, 'runs')).map((run) => {
    const manifest = JSON.parse(readFileSync(join(sweep, 'runs', run, 'manifest.json'), 'utf8')) as {
      readonly files: unknown;
    };
    return { run, files: manifest.files };
  });

async function until(seen: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 60_000; !(await seen()); await pause(20))
    if (Date.now() > end) throw new Error('what was waited for did not happen within a minute');
}

describe('a sweep over a Redis', function () {
  this.timeout(240_000);
  const { path: folder, remove } = workplace();
  let redis: TestRedis | undefined;
  /** A sweep of long runs by the local engine. */
  let undisturbed = '';
  const workers: ReturnType<typeof start>[] = [];

  const worker = (): ReturnType<typeof start> => {
    const one = start(['sweep', 'worker', '--redis', redis!.url, '-j', '1']);
    workers.push(one);
    return one;
  };
  const words = (out: string, design = smallDesign): string[] => [
    ...['sweep', 'run', writeDesign(folder, design), '--out', join(folder, out)],
    ...['--engine', 'redis', '--redis', redis!.url],
  ];
  const dismiss = async (signal: NodeJS.Signals = 'SIGINT'): Promise<Said[]> => {
    const ending = workers
      .splice(0)
      .filter(({ child }) => child.exitCode === null && child.signalCode === null);
    ending.forEach(({ child }) => child.kill(signal));
    return Promise.all(ending.map(({ said }) => said));
  };

  before(async function () {
    redis = await testRedis();
    if (!redis) this.skip();
    undisturbed = await makeSmallSweep(folder, 'undisturbed', long);
  });
  afterEach(() => dismiss('SIGKILL'));
  after(async () => {
    await redis?.stop();
    remove();
  });

  it('two workers elsewhere make the bytes of the local engine, and leave when they are interrupted', async () => {
    const local = await makeSmallSweep(folder, 'local');
    worker();
    worker();
    const { code, stderr } = await herdscope(...words('redis'), '--quiet');
    expect(code, stderr).to.equal(0);
    const sweep = onlySweep(join(folder, 'redis'));
    expect(table(sweep).equals(table(local))).to.equal(true);
    expect(files(sweep)).to.deep.equal(files(local));
    expect(readFileSync(join(sweep, 'report.html'), 'utf8')).to.equal(
      readFileSync(join(local, 'report.html'), 'utf8'),
    );
    const said = await dismiss();
    expect(said.map(({ code: left }) => left)).to.deep.equal([0, 0]);
    // All four runs were made, each by one of them, and none is left in the Redis.
    expect(said.flatMap(({ stderr: lines }) => lines.match(/^made /gm) ?? [])).to.have.length(4);
    const queue = new Queue(queueName, { connection: { url: redis!.url } });
    const counts = await queue.getJobCounts();
    await queue.close();
    expect(
      Object.values(counts).every((n) => n === 0),
      JSON.stringify(counts),
    ).to.equal(true);
  });

  it('a run whose worker was killed is made again by another, to the same bytes', async () => {
    const first = worker();
    const running = herdscope(...words('killed', long), '--quiet');
    const queue = new Queue(queueName, { connection: { url: redis!.url } });
    await until(async () => (await queue.getActiveCount()) === 1);
    first.child.kill('SIGKILL');
    await first.said;
    worker();
    const { code, stderr } = await running;
    await queue.close();
    expect(code, stderr).to.equal(0);
    const sweep = onlySweep(join(folder, 'killed'));
    expect(readdirSync(join(sweep, 'runs'))).to.have.length(4);
    expect(readdirSync(join(sweep, 'runs')).every((name) => !name.startsWith('.'))).to.equal(true);
    expect(table(sweep).equals(table(undisturbed))).to.equal(true);
  });

  it('keeps what was made where Redis goes away, exit 9, and carries on where it is back', async () => {
    worker();
    const running = herdscope(...words('gone', long), '--quiet');
    /** Names of runs that are whole. */
    const whole = (): string[] => {
      const out = join(folder, 'gone');
      const sweeps = existsSync(out) ? readdirSync(out) : [];
      const runs = sweeps.map((sweep) => join(out, sweep, 'runs')).filter((path) => existsSync(path));
      return runs.flatMap((path) => readdirSync(path)).filter((name) => !name.startsWith('.'));
    };
    await until(() => whole().length > 0);
    await redis!.stop();
    const { code, stderr } = await running;
    expect(code).to.equal(9);
    expect(stderr).to.match(
      /^redis:.*: Redis cannot be reached any more\n[1-3] of 4 runs were made and are kept; to carry on: herdscope sweep resume .* --engine redis --redis redis:\S+\n$/,
    );
    await redis!.start();
    const sweep = onlySweep(join(folder, 'gone'));
    const resumed = await herdscope(
      'sweep',
      'resume',
      sweep,
      '--engine',
      'redis',
      '--redis',
      redis!.url,
      '--quiet',
    );
    expect(resumed.code, resumed.stderr).to.equal(0);
    expect(table(sweep).equals(table(undisturbed))).to.equal(true);
  });

  it('gives a run up whose worker was killed twice, exit 5, with the reason', async () => {
    const one = long.replace('[0, 1]', '[0]').replace('replications: 2', 'replications: 1');
    const running = herdscope(...words('twice', one), '--quiet');
    const queue = new Queue(queueName, { connection: { url: redis!.url } });
    for (const attempt of [1, 2]) {
      const { child, said } = worker();
      await until(async () => (await queue.getActive())[0]?.attemptsStarted === attempt);
      child.kill('SIGKILL');
      await said;
    }
    worker();
    expect((await running).code).to.equal(5);
    await queue.close();
    const failures = readFileSync(join(onlySweep(join(folder, 'twice')), 'failures.jsonl'), 'utf8').trim();
    expect(JSON.parse(failures)).to.include({ replication: 0, reason: 'its worker went away twice' });
  });

  it('says that it waits where there is no worker, which version is asked for, and ends at once on Ctrl-C', async () => {
    const { child, said } = start(words('alone'));
    let seen = '';
    child.stderr!.on('data', (bytes) => (seen += String(bytes)));
    await until(() => seen.includes('no worker is there yet'));
    expect(seen).to.match(/herdscope sweep worker --redis redis:\S+ \(version \d+\.\d+\.\d+\)/);
    child.kill('SIGINT');
    const { code, stderr } = await said;
    expect(code).to.equal(130);
    expect(stderr).to.match(/interrupted; to carry on: herdscope sweep resume .* --engine redis/);
  });

  it('without a Redis there: exit 9, one line; without --redis: exit 2', async () => {
    const nowhere = 'redis://127.0.0.1:1';
    for (const asked of [
      ['sweep', 'worker', '--redis', nowhere],
      [
        'sweep',
        'run',
        writeDesign(folder),
        '--out',
        join(folder, 'no'),
        '--engine',
        'redis',
        '--redis',
        nowhere,
        '--quiet',
      ],
    ]) {
      const { code, stderr } = await herdscope(...asked);
      expect(code, stderr).to.equal(9);
      expect(stderr).to.match(/^redis:\/\/127.0.0.1:1: Redis cannot be reached: .*ECONNREFUSED/);
    }
    const refused = async (...options: string[]): Promise<string> => {
      const { code, stderr } = await herdscope('sweep', 'run', writeDesign(folder), ...options);
      expect(code).to.equal(2);
      return stderr;
    };
    expect(await refused('--engine', 'redis')).to.equal(
      '--engine redis: needs --redis, the address of a Redis, such as redis://127.0.0.1:6379\n',
    );
    expect(await refused('--engine', 'redis', '--redis', nowhere, '-j', '2')).to.match(
      /--workers: .*sweep worker/,
    );
    expect(await refused('--redis', nowhere)).to.match(/--redis: belongs to --engine redis/);
  });
});
