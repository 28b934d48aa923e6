import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { stream } from '../../core/random.js';
import { herdscope, start, workplace } from '../cli/herdscope.js';
import { small } from '../small-run.js';
import { only, record, sizeOf, until } from './served.js';

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** Whether a folder holds a file that is being written. */
const isWriting = (folder: string): boolean =>
  existsSync(folder) && readdirSync(folder).some((file) => file.endsWith('.new'));

describe('e2e/kills', function () {
  this.timeout(600_000);
  const { path: folder, remove } = workplace();
  after(remove);

  /** A scenario of so many days, its record where nobody is killed, and the size of its events. */
  async function unharmed(days: number) {
    const scenario = join(folder, `${days}-days.json`);
    writeFileSync(scenario, JSON.stringify({ ...small, days, roundEvery: 2 }));
    const out = join(folder, `alone-${days}`);
    const alone = await herdscope('run', scenario, '--workers', '1', '--out', out);
    expect(alone.code, alone.stderr).to.equal(0);
    return { scenario, expected: record(only(out)), whole: sizeOf(join(only(out), 'events.jsonl')) };
  }

  /** Waits for the moment of a kill: an addressed point of the record; every third falls into a writing, of a
   * checkpoint or of a host's state. */
  async function moment(
    kill: number,
    { lines, whole, place, isOver }: { lines: string; whole: number; place: string; isOver: () => boolean },
  ): Promise<void> {
    const draw = stream({ seed: 20, purpose: 'test-kills', round: kill });
    const share = (kill - 1 + 0.8 * draw.uniform()) / 20.5;
    await until(() => sizeOf(lines) >= share * whole || isOver(), 1);
    if (kill % 3 !== 0) return;
    const began = process.hrtime.bigint();
    await until(() => isWriting(place) || process.hrtime.bigint() - began > 3_000_000_000n, 0);
  }

  it('a run that is killed at 20 moments ends in the same bytes', async () => {
    const { scenario, expected, whole } = await unharmed(420);
    const out = join(folder, 'run');
    const words = ['run', scenario, '--workers', '1', '--out', out, '--checkpoint-every', '1'];
    let running = start(words);
    await until(() => existsSync(out) && readdirSync(out).length > 0);
    const target = only(out);
    const lines = join(target, 'events.jsonl');
    let killed = 0;
    for (let kill = 1; kill <= 20; kill++) {
      await moment(kill, { lines, whole, place: target, isOver: () => running.child.exitCode !== null });
      running.child.kill('SIGKILL');
      if ((await running.said).code === null) killed++;
      running = start(['resume', target]);
    }
    const { code, stderr } = await running.said;
    expect(code, stderr).to.equal(0);
    expect(record(target)).to.deep.equal(expected);
    expect(killed).to.equal(20);
  });

  it('a served run whose coordinator and hosts are killed at 20 moments ends in the same bytes', async () => {
    const { scenario, expected, whole } = await unharmed(210);
    const port = String(await freePort());
    const out = join(folder, 'served');
    const states = [1, 2].map((i) => join(folder, `state-${i}`));
    const hostWords = states.map((state, h) => [
      ...['join', `http://127.0.0.1:${port}`, '--hosts', `${h + 1}/2`, '--state', state],
    ]);
    let coordinator = start(['serve', scenario, '--out', out, '--port', port, '--checkpoint-every', '1']);
    const hosts = hostWords.map((words) => start(words));
    await until(() => existsSync(out) && readdirSync(out).length > 0);
    const target = only(out);
    const lines = join(target, 'events.jsonl');
    for (let kill = 1; kill <= 20; kill++) {
      const victim = kill % 2 === 0 ? 'coordinator' : 'host';
      const h = (kill >> 1) % 2;
      const place = victim === 'coordinator' ? target : states[h]!;
      await moment(kill, { lines, whole, place, isOver: () => coordinator.child.exitCode !== null });
      const { child, said } = victim === 'coordinator' ? coordinator : hosts[h]!;
      child.kill('SIGKILL');
      await said;
      if (victim === 'coordinator') coordinator = start(['resume', target]);
      else hosts[h] = start(hostWords[h]!);
    }
    for (const { said } of [coordinator, ...hosts]) {
      const { code, stderr } = await said;
      expect(code, stderr).to.equal(0);
    }
    expect(record(target)).to.deep.equal(expected);
  });
});
