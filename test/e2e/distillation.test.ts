import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { herdscope, start } from '../cli/herdscope.js';
import { overlaid, small } from '../small-run.js';
import { ok, ranAlone, sameEverywhere } from './same-everywhere.js';
import { only, record, sizeOf, until } from './served.js';

/** Two architectures in one federation that exchanges forecasts, one bank without its model for a while. */
const distilled = overlaid(small, {
  name: 'distilled',
  days: 60,
  roundEvery: 2,
  institutions: { outages: [{ institution: 'bank-02', from: 5, to: 14 }] },
  federation: { membership: 'all', aggregation: { rule: 'fedmd' } },
});

describe('e2e/distillation', function () {
  this.timeout(300_000);
  const alone = ranAlone('distilled', distilled);
  const { file: scenario, out } = alone;

  it('is one federation of several architectures', () => {
    const events = readFileSync(join(only(out('alone')), 'events.jsonl'), 'utf8');
    const [first] = events.split('\n').filter((line) => line.includes('"kind":"round"'));
    const { columns } = JSON.parse(first!) as { columns: Record<string, unknown> };
    expect(columns).to.include.keys('federation', 'participants');
    expect([columns['federation'], columns['participants']]).to.deep.equal([['all'], [8]]);
  });

  sameEverywhere(alone);

  it('goes on to the same bytes after kill -9', async () => {
    const words = ['--workers', '2', '--checkpoint-every', '2', '--out', out('killed')];
    const { child, said } = start(['run', scenario, ...words]);
    const events = () => join(only(out('killed')), 'events.jsonl');
    const half = sizeOf(join(only(out('alone')), 'events.jsonl')) / 2;
    await until(() => {
      try {
        return sizeOf(events()) > half || child.exitCode !== null;
      } catch {
        return false;
      }
    }, 1);
    child.kill('SIGKILL');
    await said;
    await ok(herdscope('resume', only(out('killed'))));
    expect(record(only(out('killed')))).to.deep.equal(alone.expected());
  });

  it('exits 3 and names both beside what acts on parameters', async () => {
    const masks = 'federation.secureAggregation.protocol=pairwise-masks';
    const { code, stderr } = await herdscope('run', scenario, '-S', masks, '--out', out('refused'));
    expect(code, stderr).to.equal(3);
    expect(stderr).to.contain('"fedmd" sends forecasts, and "pairwise-masks" acts on parameters');
  });
});
