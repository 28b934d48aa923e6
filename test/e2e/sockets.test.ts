import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { certificate } from '../certificates.js';
import { herdscope, start, workplace, type Said } from '../cli/herdscope.js';
import { overlaid, small } from '../small-run.js';
import { only, record, serve, until } from './served.js';

/** Everything falls on the third day, one bank has no model, and every third update is late. */
const eventful = overlaid(small, {
  name: 'eventful',
  days: 13,
  roundEvery: 3,
  institutions: {
    count: 60,
    sizes: { largestShare: 0.1 },
    outages: [{ institution: 'bank-02', from: 3, to: 9 }],
  },
  market: {
    fundamentals: {
      shocks: [
        { day: 3, class: 'equity', size: -0.6 },
        { day: 3, class: 'government', size: -0.4 },
      ],
    },
  },
  federation: { participation: { lateShare: 0.3, lateRounds: 2 } },
});

describe('e2e/sockets', function () {
  this.timeout(600_000);
  const { path: folder, remove } = workplace();
  const write = (name: string, value: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
    return path;
  };
  after(remove);

  const ok = async (...running: readonly Promise<Said>[]): Promise<void> => {
    for (const { code, stderr } of await Promise.all(running)) expect(code, stderr).to.equal(0);
  };

  describe('one scenario with an outage, late updates and defaults', () => {
    const scenario = write('eventful.json', eventful);
    let expected: Record<string, string>;

    before(async () => {
      const out = join(folder, 'alone');
      await ok(herdscope('run', scenario, '--workers', '1', '--out', out));
      expected = record(only(out));
    });

    it('has all of them', () => {
      const events = readFileSync(join(only(join(folder, 'alone')), 'events.jsonl'), 'utf8');
      for (const kind of ['outage', 'late', 'arrived-late', 'default'])
        expect(events, kind).to.contain(`"kind":"${kind}"`);
    });

    it('gives the same bytes on threads', async () => {
      const out = join(folder, 'threads');
      await ok(herdscope('run', scenario, '--workers', '3', '--out', out));
      expect(record(only(out))).to.deep.equal(expected);
    });

    for (const hosts of [2, 5, 60])
      it(`gives the same bytes on ${hosts} join processes`, async () => {
        const out = join(folder, `served-${hosts}`);
        const { url, said } = await serve('serve', scenario, '--out', out, '--port', '0');
        const parts = Array.from({ length: hosts }, (_, i) =>
          herdscope('join', url, '--hosts', `${i + 1}/${hosts}`),
        );
        await ok(said, ...parts);
        expect(record(only(out))).to.deep.equal(expected);
      });
  });

  describe('who is let in', () => {
    const scenario = write('small.json', small);
    const [first, second] = ['first-0123456789abcdef', 'second-0123456789abcdef'];
    const tokens = write('tokens', `${first} bank-01,bank-02,bank-03,bank-04 # the banks\n${second} *\n`);
    const funds = ['fund-01', 'fund-02', 'fund-03', 'fund-04'].join(',');

    it('nobody without a token, with another’s, twice, or for another scenario; the run goes on with who may', async () => {
      const out = join(folder, 'guarded');
      const { url, said, heard } = await serve(
        'serve',
        scenario,
        '--out',
        out,
        '--port',
        '0',
        '--tokens',
        tokens,
      );
      const banks = start([
        'join',
        url,
        '--institutions',
        'bank-04,bank-01,bank-02,bank-03',
        '--token',
        first,
      ]);
      await until(() => heard().includes('4 of 8'));
      const refused = [
        [['--institutions', 'fund-01'], 'asks for a token'],
        [['--institutions', 'fund-01', '--token', 'wrong-0123456789'], 'not one of this coordinator'],
        [['--institutions', 'fund-01', '--token', first], 'not for fund-01'],
        [['--institutions', 'bank-99', '--token', second], 'no institution bank-99'],
        [['--institutions', 'bank-01', '--token', second], 'bank-01 has already joined'],
        [['--hosts', '1/1', '--token', second, '--scenario', scenario, '--seed', '7'], 'coordinator runs'],
      ] as const;
      const ends = await Promise.all(refused.map(([words]) => herdscope('join', url, ...words)));
      ends.forEach(({ code, stderr }, i) => {
        const reason = refused[i]![1];
        expect([code, stderr.includes(reason)], stderr).to.deep.equal([8, true]);
        expect(stderr.trim().split('\n').length, stderr).to.equal(1);
        expect(heard()).to.contain(reason);
      });
      const rest = herdscope('join', url, '--institutions', funds, '--token', second, '--scenario', scenario);
      await ok(said, banks.said, rest);
      for (const { stderr } of [await said, await banks.said])
        expect(stderr).not.to.contain(first).and.not.to.contain(second);
    });

    it('refuses to serve on a port in use, with an expired certificate or half of one, or to strangers', async () => {
      const holder = createServer();
      await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
      const { port } = holder.address() as AddressInfo;
      const old = certificate(['localhost'], -1);
      const [cert, key] = [write('old.pem', old.cert), write('old.key', old.key)];
      const words = [
        [['--port', String(port)], 'the port is in use'],
        [['--host', '0.0.0.0', '--port', '0'], '--tokens FILE'],
        [['--port', '0', '--tls-cert', cert], 'belong together'],
        [['--port', '0', '--tls-cert', cert, '--tls-key', key], 'expired on'],
      ] as const;
      const ends = await Promise.all(words.map(([options]) => herdscope('serve', scenario, ...options)));
      ends.forEach(({ code, stderr }, i) =>
        expect([code, stderr.includes(words[i]![1])], stderr).to.deep.equal([2, true]),
      );
      holder.close();
    });
  });

  describe('a host that is killed', () => {
    const scenario = write('long.json', { ...small, days: 400 });

    it('ends the run with exit 4 on both sides, where the scenario says so', async () => {
      const out = join(folder, 'lost');
      const words = ['--out', out, '--port', '0', '-S', 'federation.presence.rejoinSeconds=0.2'];
      const { url, said, heard } = await serve('serve', scenario, ...words);
      const [kept, killed] = [1, 2].map((i) => start(['join', url, '--hosts', `${i}/2`]));
      await until(() => heard().includes('days/s'));
      killed!.child.kill('SIGKILL');
      const { code, stderr } = await said;
      expect(code, stderr).to.equal(4);
      expect(stderr).to.match(/the host of .* was lost/);
      expect((await kept!.said).code).to.equal(4);
    });

    it('is away where the scenario goes on without it, comes back, and the record can be reproduced', async () => {
      const out = join(folder, 'away');
      const set = ['onLoss=continue', 'rejoinSeconds=0.1'].flatMap((s) => ['-S', `federation.presence.${s}`]);
      const { url, said, heard } = await serve(
        'serve',
        scenario,
        '--out',
        out,
        '--port',
        '0',
        '--checkpoint-every',
        '1',
        ...set,
      );
      const words = ['join', url, '--hosts', '2/2', '--state', join(folder, 'state-of-two')];
      const [kept, killed] = [start(['join', url, '--hosts', '1/2']), start(words)];
      await until(() => heard().includes('day 40/400'));
      killed.child.kill('SIGKILL');
      await until(() => heard().includes('goes on without it'));
      await ok(said, kept.said, herdscope(...words));
      expect(heard()).to.contain('is back');
      const again = await herdscope('reproduce', only(out));
      expect(again.stdout, again.stderr).to.contain('reproduced');
      expect(again.code).to.equal(0);
    });
  });
});
