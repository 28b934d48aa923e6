import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { herdscope, workplace, type Said } from '../cli/herdscope.js';
import { overlaid, small } from '../small-run.js';
import { only, record, serve } from './served.js';

/** Budgets that last for some rounds, and longer for a bank that was away. */
const hidden = overlaid(small, {
  name: 'hidden',
  days: 30,
  roundEvery: 2,
  institutions: { outages: [{ institution: 'bank-02', from: 5, to: 10 }] },
  federation: { privacy: { mechanism: 'dp-sgd', noiseMultiplier: 1, epsilon: 8 } },
});

describe('e2e/dp-sgd', function () {
  this.timeout(300_000);
  const { path: folder, remove } = workplace();
  const scenario = join(folder, 'hidden.json');
  const out = (name: string): string => join(folder, name);
  let expected: Record<string, string>;
  after(remove);

  const ok = async (...running: readonly Promise<Said>[]): Promise<void> => {
    for (const { code, stderr } of await Promise.all(running)) expect(code, stderr).to.equal(0);
  };

  before(async () => {
    writeFileSync(scenario, JSON.stringify(hidden));
    await ok(herdscope('run', scenario, '--workers', '1', '--out', out('alone')));
    expected = record(only(out('alone')));
  });

  it('tells whose budget is spent, in events, metrics and the report', () => {
    const read = (name: string): string => readFileSync(join(only(out('alone')), name), 'utf8');
    const lines = read('events.jsonl').split('\n');
    expect(lines.filter((line) => line.includes('"kind":"budget-spent"'))).to.have.length.greaterThan(1);
    expect(read('metrics.json')).to.contain('privacyLoss');
    expect(read('report.html')).to.contain('any one example');
  });

  it('gives the same bytes on three threads, and on two processes over sockets', async () => {
    await ok(herdscope('run', scenario, '--workers', '3', '--out', out('threads')));
    expect(record(only(out('threads')))).to.deep.equal(expected);
    const { url, said } = await serve('serve', scenario, '--out', out('served'), '--port', '0');
    await ok(said, ...[1, 2].map((i) => herdscope('join', url, '--hosts', `${i}/2`)));
    expect(record(only(out('served')))).to.deep.equal(expected);
  });

  it('exits 3 where a budget does not pay for a first round, and beside what learns from examples otherwise', async () => {
    for (const [set, words] of [
      ['federation.privacy.epsilon=0.5', 'does not pay for a first round'],
      ['federation.aggregation.rule=scaffold', '"dp-sgd" noises every gradient, and "scaffold" sends others'],
    ] as const) {
      const { code, stderr } = await herdscope('run', scenario, '-S', set, '--out', out('refused'));
      expect(code, stderr).to.equal(3);
      expect(stderr).to.contain(words);
    }
  });
});
