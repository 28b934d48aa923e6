import { writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { join } from 'node:path';
import { expect } from 'chai';
import { certificate } from '../certificates.js';
import { herdscope, start, workplace, type Said } from '../cli/herdscope.js';
import { freePort, testRedis, type TestRedis } from '../redis.js';
import { overlaid, small } from '../small-run.js';
import { dayOf, only, reached, record, serve, sizeOf, until } from './served.js';

const scenario = overlaid(small, {
  days: 120,
  federation: { presence: { silenceSeconds: 5, rejoinSeconds: 60 } },
});

/** A page over TLS, with the one certificate that is trusted. */
const page = (
  url: string,
  ca: string,
  path: string,
): Promise<{ readonly status: number; readonly text: string }> =>
  new Promise((resolve, reject) => {
    get(`${url}${path}`, { ca, agent: false }, (answer) => {
      let text = '';
      answer.on('data', (bytes: Buffer) => (text += bytes.toString()));
      answer.on('end', () => resolve({ status: answer.statusCode!, text }));
    }).on('error', reject);
  });

describe('e2e/gateways', function () {
  this.timeout(240_000);
  const { path: folder, remove } = workplace();
  const file = join(folder, 'small.json');
  const [token, other] = ['host-0123456789abcdef', 'other-0123456789abcdef'];
  const [all, some] = [join(folder, 'all'), join(folder, 'some')];
  let redis: TestRedis;
  let expected: Record<string, string>;

  before(async function () {
    const started = await testRedis();
    if (!started) return this.skip();
    redis = started;
    writeFileSync(file, JSON.stringify(scenario));
    writeFileSync(all, `${token} *\n${other} bank-01\n`);
    writeFileSync(some, `${token} *\n`);
    const { code, stderr } = await herdscope('run', file, '--workers', '1', '--out', join(folder, 'alone'));
    expect(code, stderr).to.equal(0);
    expected = record(only(join(folder, 'alone')));
  });
  after(async () => {
    await redis?.stop();
    remove();
  });

  const coordinator = (out: string, ...words: string[]) =>
    serve('serve', file, '--out', join(folder, out), '--port', '0', '--redis', redis.url, ...words);
  const gateway = (...words: string[]) => serve('gateway', '--redis', redis.url, '--port', '0', ...words);
  const part = (url: string, i: number, ...words: string[]): Promise<Said> =>
    herdscope('join', url, '--hosts', `${i}/2`, ...words);
  const ok = async (...running: readonly Promise<Said>[]): Promise<void> => {
    for (const { code, stderr } of await Promise.all(running)) expect(code, stderr).to.equal(0);
  };

  it('two of them give the bytes of one process, check tokens, and pass on what the coordinator refuses', async () => {
    const [first, second] = await Promise.all([gateway('--tokens', some), gateway('--tokens', all)]);
    const { said, heard } = await coordinator('two', '--tokens', all);
    const refused = [
      [first.url, [], 'this gateway asks for a token'],
      [first.url, ['--token', other], 'not one of this gateway'],
      [second.url, ['--token', other], 'the token is not for'],
    ] as const;
    for (const [url, words, reason] of refused) {
      const { code, stderr } = await part(url, 2, ...words);
      expect([code, stderr.includes(reason)], stderr).to.deep.equal([8, true]);
      expect(stderr.trim().split('\n').length, stderr).to.equal(1);
    }
    expect(first.heard()).to.contain('not one of this gateway');
    expect(heard()).to.contain('the token is not for');
    const hosts = [part(first.url, 1, '--token', token), part(second.url, 2, '--token', token)];
    await ok(said, ...hosts);
    expect(record(only(join(folder, 'two')))).to.deep.equal(expected);
    for (const { child } of [first, second]) child.kill('SIGTERM');
    for (const each of [first, second]) {
      const { code, stderr } = await each.said;
      expect(code, stderr).to.equal(143);
      expect(stderr).not.to.contain(token).and.not.to.contain(other);
    }
  });

  it('a gateway that is killed and started again, and a Redis too, change no byte', async () => {
    const port = String(await freePort());
    const listening = ['gateway', '--redis', redis.url, '--port', port];
    const first = await serve(...listening);
    const { said, heard, url } = await coordinator('killed');
    const hosts = [part(first.url, 1), part(url, 2)];
    await reached(url, 5);
    first.child.kill('SIGKILL');
    await first.said;
    const stopped = await dayOf(url);
    const again = await serve(...listening);
    await reached(url, stopped + 5);
    await redis.stop();
    const before = await dayOf(url);
    await redis.start();
    expect(before).to.be.below(120);
    await ok(said, ...hosts);
    expect(heard()).to.contain('came back');
    expect(record(only(join(folder, 'killed')))).to.deep.equal(expected);
    again.child.kill('SIGINT');
    expect((await again.said).code).to.equal(130);
  });

  it('over TLS, a coordinator that is killed twice and resumed behind one changes no byte, and its pages say how it is', async () => {
    const { cert, key } = certificate(['127.0.0.1'], 30);
    const [certFile, keyFile] = [join(folder, 'gate.pem'), join(folder, 'gate.key')];
    writeFileSync(certFile, cert);
    writeFileSync(keyFile, key);
    const gate = await gateway('--tls-cert', certFile, '--tls-key', keyFile, '--tokens', all);
    expect(gate.url).to.match(/^https:/);
    expect(await page(gate.url, cert, '/healthz')).to.have.property('status', 503);

    const serving = await coordinator('resumed', '--tokens', all, '--checkpoint-every', '1');
    let running: Pick<typeof serving, 'child' | 'said'> = serving;
    const hosts = [1, 2].map((i) =>
      part(gate.url, i, '--token', token, '--tls-ca', certFile, '--state', join(folder, `state-${i}`)),
    );
    await reached(serving.url, 5);
    const healthy = await page(gate.url, cert, '/healthz');
    expect(healthy.status, healthy.text).to.equal(200);
    expect((await page(gate.url, cert, '/metrics')).text).to.match(/^herdscope_gateway_hosts_connected 2$/m);
    const folderOfRun = only(join(folder, 'resumed'));
    const events = join(folderOfRun, 'events.jsonl');
    for (const share of [0.3, 0.6]) {
      const whole = sizeOf(join(only(join(folder, 'alone')), 'events.jsonl'));
      await until(() => sizeOf(events) >= share * whole);
      running.child.kill('SIGKILL');
      await running.said;
      running = start(['resume', folderOfRun]);
    }
    await ok(running.said, ...hosts);
    expect(record(folderOfRun)).to.deep.equal(expected);
    gate.child.kill('SIGTERM');
    expect((await gate.said).code).to.equal(143);
  });

  it('says in one line that Redis is out of reach, or that its address is none', async () => {
    const nowhere = `redis://127.0.0.1:${await freePort()}`;
    const cases = [
      [['gateway', '--redis', nowhere], 9, 'Redis cannot be reached'],
      [['serve', file, '--redis', nowhere, '--out', join(folder, 'none')], 9, 'Redis cannot be reached'],
      [['gateway', '--redis', 'http://127.0.0.1'], 2, 'is not the address of a Redis'],
      [['gateway', '--redis', 'redis://:secret@127.0.0.1'], 2, 'HERDSCOPE_REDIS_PASSWORD'],
      [['gateway', '--redis', redis.url, '--host', '0.0.0.0'], 2, '--tokens FILE'],
    ] as const;
    for (const [words, code, reason] of cases) {
      const ended = await herdscope(...words);
      expect([ended.code, ended.stderr.includes(reason)], ended.stderr).to.deep.equal([code, true]);
      expect(ended.stderr.trim().split('\n').length, ended.stderr).to.equal(1);
      expect(ended.stderr).not.to.contain('secret');
    }
  });
});
