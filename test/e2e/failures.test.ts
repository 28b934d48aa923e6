import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { certificate } from '../certificates.js';
import { herdscope, start } from '../cli/herdscope.js';
import { overlaid, small } from '../small-run.js';
import { ok, ranAlone } from './same-everywhere.js';
import { only, reached, record, serve, until } from './served.js';
import { wireTo, type Wire } from './wire.js';

/** What is lost comes back in time. */
const patient = { silenceSeconds: 1, rejoinSeconds: 60 };
/** What is lost has no time to come back. */
const hasty = { silenceSeconds: 2, rejoinSeconds: 0.3 };
const terms = (given: object): string[] =>
  Object.entries(given).flatMap(([key, value]) => ['-S', `federation.presence.${key}=${value}`]);

/** Ways in which a host's process, or the network to it, fails without a word. */
const failing = {
  frozen: (child: ReturnType<typeof start>['child']) => child.kill('SIGSTOP'),
  partitioned: (_child: unknown, wire: Wire) => wire.cut(),
} as const;
const healed = {
  frozen: (child: ReturnType<typeof start>['child']) => child.kill('SIGCONT'),
  partitioned: (_child: unknown, wire: Wire) => wire.heal(),
} as const;

const notBelieved = /"lost".*its answer was not believed: .*orders\[0\] is NaN/;

const strangeHost = fileURLToPath(new URL('strange-host.ts', import.meta.url));

/** A host's process that is not right; gives what it says of how its part ended. */
async function strange(url: string, ...words: string[]): Promise<string> {
  const child = spawn(process.execPath, ['--import', 'tsx', strangeHost, url, ...words]);
  let said = '';
  child.stdout.on('data', (bytes: Buffer) => (said += bytes.toString()));
  await once(child, 'close');
  return said;
}

describe('e2e/failures', function () {
  this.timeout(120_000);
  const scenario = overlaid(small, { days: 100, roundEvery: 2, federation: { presence: patient } });
  const ran = ranAlone('failures', scenario);

  /** A served run with one host at the coordinator and one behind a wire. */
  async function running(out: string, ...words: string[]) {
    const serving = await serve('serve', ran.file, '--out', ran.out(out), '--port', '0', ...words);
    const wire = await wireTo(serving.url);
    after(() => wire.close());
    const kept = start(['join', serving.url, '--hosts', '1/2']);
    const failing = start(['join', wire.url, '--hosts', '2/2', '--retry', '2']);
    after(() => failing.child.kill('SIGKILL'));
    const day = (least: number): Promise<void> => reached(serving.url, least);
    return { ...serving, wire, kept, failing, day, lost: () => serving.heard().includes('was lost') };
  }

  /** The four institutions of the second host left once, never came back, and the record says all that it takes. */
  async function reproducedWithOneAbsence(out: string): Promise<void> {
    const events = readFileSync(join(only(ran.out(out)), 'events.jsonl'), 'utf8');
    expect(events.match(/"kind":"absent"/g)).to.have.length(1);
    expect(events).to.match(/"exchange":\[\d+(,\d+){3}\]/);
    expect(events).not.to.contain('"kind":"returned"');
    const { code, stdout, stderr } = await herdscope('reproduce', only(ran.out(out)));
    expect(code, stderr).to.equal(0);
    expect(stdout).to.contain('reproduced');
  }

  for (const how of ['frozen', 'partitioned'] as const) {
    it(`a host that is ${how} for a while changes no byte`, async () => {
      const { said, wire, kept, failing: host, day, lost } = await running(how);
      await day(8);
      failing[how](host.child, wire);
      await until(lost);
      healed[how](host.child, wire);
      await ok(said, kept.said, host.said);
      expect(record(only(ran.out(how)))).to.deep.equal(ran.expected());
    });

    it(`a host that is ${how} for good ends the run with exit 4 and one line on both sides`, async () => {
      const out = `${how}-for-good`;
      const { said, wire, kept, failing: host, day } = await running(out, ...terms(hasty));
      await day(8);
      failing[how](host.child, wire);
      const [served, other] = await Promise.all([said, kept.said]);
      if (how === 'frozen') healed[how](host.child);
      for (const { code, stderr } of [served, other]) {
        expect(code, stderr).to.equal(4);
        expect(stderr.trim().split('\n').at(-1)).to.match(
          /the host of fund-01 and 3 more was lost: no answer for 2 s/,
        );
      }
      const { code, stderr } = await host.said;
      expect(code, stderr).to.equal(4);
      expect(stderr.trim().split('\n').at(-1)).to.contain('not reached again within 2 s');
    });

    it(`a host that is ${how} for good is recorded as absent where the run goes on, and reproduced`, async () => {
      const out = `${how}-and-left`;
      const words = terms({ ...hasty, onLoss: 'continue', quorum: 0.5 });
      const { said, wire, kept, failing: host, day } = await running(out, ...words);
      await day(8);
      failing[how](host.child, wire);
      await ok(said, kept.said);
      await reproducedWithOneAbsence(out);
    });
  }

  it('a connection that the network has forgotten is given up by both sides, and changes no byte', async () => {
    const { said, wire, kept, failing: host, day } = await running('forgotten');
    await day(8);
    wire.forget();
    await ok(said, kept.said, host.said);
    expect(record(only(ran.out('forgotten')))).to.deep.equal(ran.expected());
  });

  it('a slow host changes no byte', async () => {
    const { said, wire, kept, failing: host, day } = await running('slow');
    await day(8);
    wire.delay(40);
    await day(20);
    wire.delay(0);
    await ok(said, kept.said, host.said);
    expect(record(only(ran.out('slow')))).to.deep.equal(ran.expected());
  });

  it('a host that answers garbage ends the run with exit 4, and all hear why', async () => {
    const { url, said } = await serve(
      'serve',
      ran.file,
      '--out',
      ran.out('garbage'),
      '--port',
      '0',
      ...terms(hasty),
    );
    const [kept, told] = [herdscope('join', url, '--hosts', '1/2'), strange(url, 'garbage', '2', '2')];
    for (const { code, stderr } of [await said, await kept]) {
      expect(code, stderr).to.equal(4);
      expect(stderr.trim().split('\n').at(-1)).to.match(/fund-01 and 3 more was lost: .*orders\[0\] is NaN/);
    }
    expect(await told).to.match(notBelieved);
  });

  it('a host that answers garbage is not heard again where the run goes on, and the record is reproduced', async () => {
    const out = 'garbage-and-left';
    const words = terms({ ...hasty, onLoss: 'continue', quorum: 0.5 });
    const { url, said, heard } = await serve(
      'serve',
      ran.file,
      '--out',
      ran.out(out),
      '--port',
      '0',
      ...words,
    );
    const [kept, told] = [herdscope('join', url, '--hosts', '1/2'), strange(url, 'garbage', '2', '2')];
    await ok(said, kept);
    expect(await told).to.match(notBelieved);
    expect(heard().match(/was lost/g)).to.have.length(1);
    await reproducedWithOneAbsence(out);
  });

  it('a host of another version is refused with one line on both sides, and the run goes on', async () => {
    const { url, said, heard } = await serve('serve', ran.file, '--out', ran.out('old'), '--port', '0');
    const [kept, refused] = [herdscope('join', url, '--hosts', '1/2'), await strange(url, 'old', '2', '2')];
    const reason = /protocol version/;
    expect(refused)
      .to.match(/"refused"/)
      .and.to.match(reason);
    expect(heard()).to.match(reason);
    await ok(said, kept, herdscope('join', url, '--hosts', '2/2'));
    expect(record(only(ran.out('old')))).to.deep.equal(ran.expected());
  });

  it('an expired certificate is refused with one line, whichever side shows it', async () => {
    const written = (name: string, of: { readonly cert: string; readonly key: string }): string[] => {
      const paths = [`${ran.file}.${name}.pem`, `${ran.file}.${name}.key`];
      writeFileSync(paths[0]!, of.cert);
      writeFileSync(paths[1]!, of.key);
      return ['--tls-cert', paths[0]!, '--tls-key', paths[1]!];
    };
    const good = certificate(['localhost'], 30);
    const stale = certificate(['fund-01'], -1, good);
    const server = createServer(certificate(['localhost'], -1)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const there = `https://localhost:${(server.address() as AddressInfo).port}`;
    const shown = await herdscope('join', there, '--hosts', '1/1', '--retry', '5');
    server.close();
    expect([shown.code, shown.stderr.trim().split('\n').length], shown.stderr).to.deep.equal([8, 1]);
    expect(shown.stderr).to.match(/expired/);

    const own = written('good', good);
    const serving = await serve(
      'serve',
      ran.file,
      '--out',
      ran.out('tls'),
      '--port',
      '0',
      ...own,
      '--tls-ca',
      own[1]!,
    );
    const { child, said } = serving;
    const url = serving.url.replace('127.0.0.1', 'localhost');
    const trusting = ['join', url, '--tls-ca', own[1]!];
    const refused = await herdscope(...trusting, '--institutions', 'fund-01', ...written('stale', stale));
    child.kill('SIGTERM');
    await said;
    expect([refused.code, refused.stderr.trim().split('\n').length], refused.stderr).to.deep.equal([8, 1]);
    expect(refused.stderr).to.match(/expired/);
    expect(serving.heard()).to.match(/expired/);
  });
});
