import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { pow } from '../../core/numeric.js';
import { stream } from '../../core/random.js';
import { overlaid, small } from '../small-run.js';
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
  gaussianNews: Printed['facts'];
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
    const page = readFileSync(report, 'utf8').replace(/\s+/g, ' ');
    expect(page).contain('Intermittency');
    expect(page).contain(
      'single seeds of 130 days pass, and how often windows of 250 days of the real index do (S&amp;P 500, 1990 to 2022), the nearest length for which that is known.',
    );
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
    const page = readFileSync(stdout.trim().split('\n').at(-1)!, 'utf8').replace(/\s+/g, ' ');
    expect(page).contain('windows of 130 days of the real index do (own, 2020-01-01 to 2020-10-26).');
    writeFileSync(prices, ['date,own', ...rows.slice(0, 50), `${date(50)},-3`].join('\n'));
    const refused = await score('--prices', prices);
    expect([refused.code, refused.stdout]).deep.equal([2, '']);
    expect(refused.stderr).equal(`${prices}: row 52, column 2 (own): -3 is not above 0\n`);
    writeFileSync(prices, ['date,own', ...rows.slice(0, 50)].join('\n'));
    expect((await score('--prices', prices)).stderr).contain('251 are needed');
    const two = rows.map((row, t) => `${row},${50 * pow(1.001, t)}`);
    writeFileSync(prices, ['date,own,other', ...two].join('\n'));
    const flat = await score('--prices', prices);
    expect([flat.code, flat.stderr]).deep.equal([2, `${prices}: the returns of "other" never vary\n`]);
    writeFileSync(prices, ['date,own', ...rows.map((_, t) => `${date(t)},100`)].join('\n'));
    const constant = await score('--prices', prices);
    expect([constant.code, constant.stdout]).deep.equal([2, '']);
    expect(constant.stderr).equal(`${prices}: its returns never vary\n`);
  });

  it('gives card c Gaussian news where value follows a history, and says why where it cannot', async () => {
    const draws = stream({ seed: 4, purpose: 'test-history' });
    const history = Array.from({ length: 300 }, (_, t) => {
      const crash = t % 75 === 40 ? -0.08 : 0;
      return [0.008 * draws.normal() + crash, 0.003 * draws.normal(), 0.01 * draws.normal() + crash];
    });
    const written = (rows: number[][]): string => {
      const file = join(path, 'history.json');
      const over = { days: 150, warmUp: 20, market: { fundamentals: { drawn: 'bootstrap', history: rows } } };
      writeFileSync(file, JSON.stringify(overlaid(small, over)));
      return file;
    };
    const scored = (file: string) =>
      herdscope(
        ...['realism', file, '--out', join(path, 'history'), '-j', '2', '--quiet'],
        ...['--seeds', '2', '--format', 'json'],
      );
    const { code, stdout } = await scored(written(history));
    expect(code).equal(0);
    const { cards, gaussianNews } = JSON.parse(stdout) as Printed;
    const kurtosis = (of: Printed['facts']): number => of.find(({ name }) => name === 'heavy-tails')!.value!;
    expect(kurtosis(cards.a)).above(5);
    expect(kurtosis(gaussianNews)).within(-1, 1.5);
    const still = await scored(written(history.map(([a, , c]) => [a!, 0.001, c!])));
    expect([still.code, still.stderr]).deep.equal([
      2,
      'small: card c cannot be drawn: the history of "bonds" never varies\n',
    ]);
  });

  it('reports on no seed that something may have been tuned on', async () => {
    expect((await score('--seed', '3')).code).equal(2);
    const help = (await score('--help')).stdout.replace(/\s+/g, ' ');
    expect(help).contain('windows of 250, 500, 750, 1000, 2000 days, the nearest to a seed’s');
    const none = await score('--seeds', '0');
    expect([none.code, none.stderr]).deep.equal([2, '--seeds: must be a whole number of at least 1\n']);
  });
});
