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

  it('a served run whose coordinator and hosts are killed at 20 moments ends in the same bytes', async () => {
    const scenario = join(folder, 'scenario.json');
    writeFileSync(scenario, JSON.stringify({ ...small, days: 210, roundEvery: 2 }));
    const alone = await herdscope('run', scenario, '--workers', '1', '--out', join(folder, 'alone'));
    expect(alone.code, alone.stderr).to.equal(0);
    const expected = record(only(join(folder, 'alone')));
    const whole = sizeOf(join(only(join(folder, 'alone')), 'events.jsonl'));

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
    const draw = stream({ seed: 20, purpose: 'test-kills' });
    for (let kill = 1; kill <= 20; kill++) {
      const victim = kill % 2 === 0 ? 'coordinator' : 'host';
      const h = (kill >> 1) % 2;
      const share = (kill - 1 + 0.8 * draw.uniform()) / 20.5;
      const lines = join(target, 'events.jsonl');
      await until(() => sizeOf(lines) >= share * whole || coordinator.child.exitCode !== null, 1);
      // Every third kill falls into the writing of a checkpoint, or of a host's state.
      const place = victim === 'coordinator' ? target : states[h]!;
      if (kill % 3 === 0) {
        const began = process.hrtime.bigint();
        await until(() => isWriting(place) || process.hrtime.bigint() - began > 3_000_000_000n, 0);
      }
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
