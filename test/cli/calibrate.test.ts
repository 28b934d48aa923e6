import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { small } from '../small-run.js';
import { stream } from '../../core/random.js';
import { herdscope, workplace } from './herdscope.js';

interface Printed {
  parameters: { path: string; start: number; best: number; identified: boolean; profile: unknown[] }[];
  moments: { name: string; real: number; deviation: number }[];
  distance: { start: number; best: number };
  unmatched: string[];
  points: number;
  fitted: string;
  report: string;
}

describe('herdscope calibrate', function () {
  this.timeout(480_000);
  const { path, remove } = workplace();
  after(remove);
  const [scenario, prices] = [join(path, 'small.yaml'), join(path, 'prices.csv')];
  const draw = stream({ seed: 2, purpose: 'test-prices' });
  let price = 100;
  const rows = Array.from({ length: 700 }, (_, t) => {
    price *= 1 + 0.012 * draw.normal();
    return `${new Date(Date.UTC(2020, 0, 1 + t)).toISOString().slice(0, 10)},${price}`;
  });
  const fit = (...more: string[]) =>
    herdscope(
      'calibrate',
      scenario,
      '--prices',
      prices,
      '--out',
      join(path, 'out'),
      '-j',
      '2',
      '--quiet',
      ...more,
    );
  before(() => {
    writeFileSync(scenario, JSON.stringify({ ...small, days: 120, warmUp: 20 }));
    writeFileSync(prices, ['date,index', ...rows].join('\n'));
  });

  it('fits, says what it could not match and tell, and carries on where it stopped', async () => {
    const { code, stdout, stderr } = await fit('--budget', '8', '--seeds', '1', '--format', 'json');
    expect([code, stderr]).deep.equal([0, '']);
    const found = JSON.parse(stdout) as Printed;
    expect(found.parameters.map((p) => p.path)).include.members([
      'market.clearing.impact',
      'homogeneity.signals',
    ]);
    expect(found.parameters[0]!.start).closeTo(0.5, 1e-9);
    expect(found.distance.best).at.most(found.distance.start);
    expect(found.unmatched).deep.equal(
      found.moments.filter((m) => Math.abs(m.deviation) > 2).map((m) => m.name),
    );
    expect(found.points).equal(8);
    expect(readFileSync(found.report, 'utf8')).contain('Identifiability');
    // What it found is a scenario, and a second call simulates nothing.
    expect((await herdscope('validate', found.fitted)).code).equal(0);
    const generations = readdirSync(join(found.report, '..')).filter((f) => f.startsWith('generation'));
    expect(generations).length(2);
    const runs = join(found.report, '..', generations[0]!, 'runs');
    const manifest = join(runs, readdirSync(runs)[0]!, 'manifest.json');
    const before = readFileSync(manifest, 'utf8');
    const again = await fit('--budget', '8', '--seeds', '1', '--format', 'json');
    expect(again.stdout).equal(stdout);
    expect(readFileSync(manifest, 'utf8')).equal(before);
  });

  it('refuses what it cannot use, and says why', async () => {
    const few = await fit('--budget', '3');
    expect([few.code, few.stderr]).deep.equal([
      2,
      '--budget 3: pays for 1 points of 2 seeds; at least 8 are needed\n',
    ]);
    writeFileSync(prices, ['date,index', ...rows.slice(0, 100)].join('\n'));
    const short = await fit();
    expect([short.code, short.stderr]).deep.equal([
      2,
      `${prices}: has 99 returns on days that every column has; 500 are needed\n`,
    ]);
    expect((await herdscope('calibrate', scenario)).stderr).contain('prices');
  });
});
