import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
      const events = readFileSync(join(only(ran.out(out)), 'events.jsonl'), 'utf8');
      expect(events.match(/"kind":"absent"/g)).to.have.length(1);
      expect(events).to.match(/"exchange":\[\d+(,\d+){3}\]/);
      expect(events).not.to.contain('"kind":"returned"');
      const again = await herdscope('reproduce', only(ran.out(out)));
      expect([again.code, again.stdout], again.stderr).to.satisfy(
        ([code, stdout]: [number, string]) => code === 0 && stdout.includes('reproduced'),
      );
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
});
