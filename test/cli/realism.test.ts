import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { small } from '../small-run.js';
import { herdscope, workplace } from './herdscope.js';

interface Printed {
  facts: {
    name: string;
    value: number | null;
    interval: [number, number] | null;
    low: number;
    high: number;
    pass: boolean;
    real: { value: number | null };
  }[];
  cards: Record<'a' | 'b' | 'c', Printed['facts']>;
  assets: { id: string; facts: Printed['facts'] }[];
  emergent: string[];
  seeds: number[];
  report: string;
}

describe('herdscope realism', function () {
  this.timeout(180_000);
  const { path, remove } = workplace();
  after(remove);
  const scenario = join(path, 'small.yaml');
  const score = (...more: string[]) =>
    herdscope('realism', scenario, '--out', join(path, 'out'), '-j', '2', '--quiet', ...more);
  before(() => writeFileSync(scenario, JSON.stringify({ ...small, days: 150, warmUp: 20 })));

  it('scores the index on held-out seeds, three cards and single assets, and keeps its runs', async () => {
    const { code, stdout, stderr } = await score('--seeds', '2', '--format', 'json');
    expect(stderr).equal('');
    expect(code).equal(0);
    const { facts, cards, assets, emergent, seeds, report } = JSON.parse(stdout) as Printed;
    expect(facts).length(11);
    for (const { name, value, low, high, pass } of facts)
      expect(pass, name).equal(value !== null && value >= low && value <= high);
    expect(facts.map(({ value }) => value)).deep.equal(cards.b.map(({ value }) => value));
    expect(cards.a.find(({ name }) => name === 'volume-volatility')!.value).equal(null);
    expect(emergent).deep.equal(cards.c.filter(({ pass }) => pass).map(({ name }) => name));
    expect(assets.map(({ facts: own }) => own.length)).deep.equal(assets.map(() => 11));
    expect(seeds).deep.equal([21, 22]);
    expect(readFileSync(report, 'utf8')).contain('Intermittency');
    const folder = join(report, '..');
    expect(existsSync(join(folder, 'figures/realism.svg'))).equal(true);
    const runs = readdirSync(join(folder, 'runs'));
    expect(runs).length(4);
    // A second call simulates nothing: a run that were made again would leave another manifest.
    const before = readFileSync(join(folder, 'runs', runs[0]!, 'manifest.json'), 'utf8');
    const again = await score('--seeds', '2');
    expect(again.code).equal(0);
    expect(again.stdout).contain('of 11 facts hold in the market');
    expect(readFileSync(join(folder, 'runs', runs[0]!, 'manifest.json'), 'utf8')).equal(before);
  });

  it('compares with a user’s index, and says what is wrong with one', async () => {
    const prices = join(path, 'index.csv');
    const date = (t: number): string => new Date(Date.UTC(2020, 0, 1 + t)).toISOString().slice(0, 10);
    const rows = Array.from({ length: 300 }, (_, t) => `${date(t)},${100 + (t % 7) + (t % 3)}`);
    writeFileSync(prices, ['date,own', ...rows].join('\n'));
    const { stdout } = await score('--seeds', '2', '--prices', prices);
    expect(stdout).contain('(real: own, 2020-01-01 to 2020-10-26)');
    writeFileSync(prices, ['date,own', ...rows.slice(0, 50), `${date(50)},-3`].join('\n'));
    const refused = await score('--prices', prices);
    expect([refused.code, refused.stdout]).deep.equal([2, '']);
    expect(refused.stderr).equal(`${prices}: row 52, column 2 (own): -3 is not above 0\n`);
    writeFileSync(prices, ['date,own', ...rows.slice(0, 50)].join('\n'));
    expect((await score('--prices', prices)).stderr).contain('251 are needed');
  });

  it('reports on no seed that something may have been tuned on', async () => {
    expect((await score('--seed', '3')).code).equal(2);
    const none = await score('--seeds', '0');
    expect([none.code, none.stderr]).deep.equal([2, '--seeds: must be a whole number of at least 1\n']);
  });
});
