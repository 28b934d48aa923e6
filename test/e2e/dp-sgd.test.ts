import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { herdscope } from '../cli/herdscope.js';
import { overlaid, small } from '../small-run.js';
import { ranAlone, sameEverywhere } from './same-everywhere.js';
import { only } from './served.js';

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
  const alone = ranAlone('hidden', hidden);
  const { file: scenario, out } = alone;

  it('tells whose budget is spent, in events, metrics and the report', () => {
    const read = (name: string): string => readFileSync(join(only(out('alone')), name), 'utf8');
    const lines = read('events.jsonl').split('\n');
    expect(lines.filter((line) => line.includes('"kind":"budget-spent"'))).to.have.length.greaterThan(1);
    expect(read('metrics.json')).to.contain('privacyLoss');
    expect(read('report.html')).to.contain('any one example');
  });

  sameEverywhere(alone);

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
