import { readdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { filesBelow } from '../../cli/files-below.js';
import { hashFile } from '../../cli/manifest.js';
import { small } from '../small-run.js';

const entry = fileURLToPath(new URL('../../cli/index.ts', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

function start(...words: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...words], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += String(text)));
  return { child, ended: new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr }))) };
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });

/** Every file of a record but its manifest. */
const record = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesBelow(folder)
      .filter((file) => file !== 'manifest.json')
      .map((file) => [file, hashFile(join(folder, file))]),
  );

describe('e2e/sockets', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-sockets-'));
  const scenario = join(folder, 'scenario.json');
  const only = (out: string): string => join(folder, out, readdirSync(join(folder, out))[0]!);
  const tokens = join(folder, 'tokens');
  const [first, second] = ['first-0123456789abcdef', 'second-0123456789abcdef'];
  let expected: Record<string, string>;

  before(async () => {
    const outages = [{ institution: 'bank-02', from: 3, to: 9 }];
    writeFileSync(scenario, JSON.stringify({ ...small, institutions: { ...small.institutions, outages } }));
    writeFileSync(tokens, `${first} bank-01,bank-02,bank-03,bank-04 # the banks\n${second} *\n`);
    const { code, stderr } = await start('run', scenario, '--workers', '1', '--out', join(folder, 'alone'))
      .ended;
    expect(code, stderr).to.equal(0);
    expected = record(only('alone'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const hosts of [2, 5])
    it(`${hosts} join processes give the bytes of one process`, async () => {
      const port = await freePort();
      const out = join(folder, `served-${hosts}`);
      const served = start('serve', scenario, '--out', out, '--port', String(port));
      const parts = Array.from({ length: hosts }, (_, i) =>
        start('join', `http://127.0.0.1:${port}`, '--hosts', `${i + 1}/${hosts}`),
      );
      for (const { code, stderr } of await Promise.all([served, ...parts].map(({ ended }) => ended)))
        expect(code, stderr).to.equal(0);
      expect(record(only(`served-${hosts}`))).to.deep.equal(expected);
    });

  it('lets nobody in without a token, with another’s, or twice; and goes on with who may', async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const out = join(folder, 'guarded');
    const served = start('serve', scenario, '--out', out, '--port', String(port), '--tokens', tokens);
    const banks = start('join', url, '--institutions', 'bank-04,bank-01,bank-02,bank-03', '--token', first);
    const refused = [
      [['--institutions', 'fund-01'], 'asks for a token'],
      [['--institutions', 'fund-01', '--token', 'wrong-0123456789'], 'not one of this coordinator'],
      [['--institutions', 'fund-01', '--token', first], 'not for fund-01'],
      [['--institutions', 'bank-99', '--token', second], 'no institution bank-99'],
    ] as const;
    for (const [words, reason] of refused) {
      const { code, stderr } = await start('join', url, ...words).ended;
      expect([code, stderr.includes(reason)], stderr).to.deep.equal([2, true]);
    }
    const twice = await start('join', url, '--institutions', 'bank-01', '--token', second).ended;
    expect([twice.code, twice.stderr.includes('bank-01 has already joined')], twice.stderr).to.deep.equal([
      2,
      true,
    ]);
    const funds = ['fund-01', 'fund-02', 'fund-03', 'fund-04'].join(',');
    const rest = start('join', url, '--institutions', funds, '--token', second);
    const ends = await Promise.all([served, banks, rest].map(({ ended }) => ended));
    for (const { code, stderr } of ends) {
      expect(code, stderr).to.equal(0);
      expect(stderr).not.to.contain(first).and.not.to.contain(second);
    }
    expect(record(only('guarded'))).to.deep.equal(expected);
  });

  it('ends with exit 4 on both sides when a host is killed', async () => {
    const port = await freePort();
    const long = join(folder, 'long.json');
    writeFileSync(long, JSON.stringify({ ...small, days: 5000 }));
    const served = start('serve', long, '--out', join(folder, 'lost'), '--port', String(port));
    const [kept, killed] = [1, 2].map((i) => start('join', `http://127.0.0.1:${port}`, '--hosts', `${i}/2`));
    await new Promise<void>((resolve) =>
      served.child.stderr!.on('data', (text) => String(text).includes('days/s') && resolve()),
    );
    killed!.child.kill('SIGKILL');
    const { code, stderr } = await served.ended;
    expect(code, stderr).to.equal(4);
    expect(stderr).to.match(/the host of .* was lost/);
    expect((await kept!.ended).code).to.equal(4);
  });

  it('refuses a port in use, an open door without tokens, and half a certificate', async () => {
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const words = [
      [['--port', String(port)], 'the port is in use'],
      [['--host', '0.0.0.0', '--port', '0'], '--tokens FILE'],
      [['--port', '0', '--tls-cert', scenario], 'belong together'],
    ] as const;
    for (const [options, reason] of words) {
      const { code, stderr } = await start('serve', scenario, ...options).ended;
      expect([code, stderr.includes(reason)], stderr).to.deep.equal([2, true]);
    }
    holder.close();
  });
});
