import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { readIndex } from '../../analysis/sweep/index-table.js';
import { herdscope, start, workplace, type Said } from './herdscope.js';
import { writeDesign } from './small-sweep.js';

/** Runs that last long enough to be killed in the middle. */
const design = `name: long
scenario: small.yaml
design: factorial
over:
  homogeneity.signals: [0, 1]
replications: 2
metrics: [crowding]
`;
const long = design.replace('replications', '  days: [60]\nreplications');

/** Folder of the one sweep that is made in a place, as soon as it is there. */
async function appears(out: string): Promise<string> {
  while (!existsSync(out) || readdirSync(out).length === 0) await pause(5);
  return join(out, readdirSync(out)[0]!);
}

/** Processes in the middle of a run: they are in the names of unfinished folders. */
function atWork(folder: string): { readonly run: string; readonly pid: number }[] {
  const runs = join(folder, 'runs');
  return (existsSync(runs) ? readdirSync(runs) : []).flatMap((name) => {
    const found = /^\.(.+)\.(\d+)$/.exec(name);
    return found ? [{ run: found[1]!, pid: Number(found[2]) }] : [];
  });
}

/** Kills the workers of the first run that is seen, so many times; returns the run's name and what the command said. */
async function withKills(
  words: readonly string[],
  out: string,
  times: number,
): Promise<{ readonly run: string; readonly killed: number; readonly said: Said }> {
  const { said } = start(words);
  let ended = false;
  void said.then(() => (ended = true));
  const folder = await appears(out);
  const killed = new Set<number>();
  let run = '';
  while (!ended && killed.size < times) {
    const next = atWork(folder).find((w) => !killed.has(w.pid) && (run === '' || w.run === run));
    if (next) {
      run = next.run;
      killed.add(next.pid);
      process.kill(next.pid, 'SIGKILL');
    }
    await pause(2);
  }
  return { run, killed: killed.size, said: await said };
}

describe('a sweep in trouble', function () {
  this.timeout(240_000);
  const { path: folder, remove } = workplace();
  const words = (out: string): string[] => [
    ...['sweep', 'run', writeDesign(folder, long), '--out', join(folder, out), '-j', '1', '--quiet'],
  ];
  const table = (sweep: string): Buffer => readFileSync(join(sweep, 'index.parquet'));
  let whole = '';

  before(async () => {
    const { code, stderr } = await herdscope(...words('whole'));
    expect([code, stderr]).to.deep.equal([0, '']);
    whole = await appears(join(folder, 'whole'));
  });
  after(remove);

  it('does the run of a killed worker again, to the same bytes, and leaves nothing of it lying about', async () => {
    const { killed, said } = await withKills(words('once'), join(folder, 'once'), 1);
    expect([killed, said.code, said.stderr]).to.deep.equal([1, 0, '']);
    const sweep = await appears(join(folder, 'once'));
    expect(table(sweep).equals(table(whole))).to.equal(true);
    expect(readdirSync(join(sweep, 'runs'))).to.deep.equal(readdirSync(join(whole, 'runs')));
  });

  it('gives a run up whose worker is killed twice, keeps the reason and makes all others', async () => {
    const { run, killed, said } = await withKills(words('twice'), join(folder, 'twice'), 2);
    expect([killed, said.code]).to.deep.equal([2, 5]);
    const sweep = await appears(join(folder, 'twice'));
    const failures = readFileSync(join(sweep, 'failures.jsonl'), 'utf8').trim().split('\n');
    expect(failures).to.have.length(1);
    expect(JSON.parse(failures[0]!)).to.include({
      run,
      reason: 'its worker process ended 2 times (SIGKILL)',
    });
    const { rows } = await readIndex(table(sweep));
    const others = (await readIndex(table(whole))).rows.filter((row) => row.run !== run);
    expect(rows.map((row) => row.chain)).to.deep.equal(others.map((row) => row.chain));
    const resumed = await herdscope('sweep', 'resume', sweep, '-j', '1', '--quiet');
    expect(resumed.code, resumed.stderr).to.equal(0);
    expect(table(sweep).equals(table(whole))).to.equal(true);
  });
});
