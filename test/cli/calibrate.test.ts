import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { filesBelow } from '../../cli/files-below.js';
import { hashFile } from '../../cli/manifest.js';
import { until } from '../e2e/served.js';
import { column, factsOf, overlaid, small, smallScenario } from '../small-run.js';
import { stream } from '../../core/random.js';
import { herdscope, start, workplace } from './herdscope.js';

interface Printed {
  parameters: {
    path: string;
    start: number;
    best: number;
    from: number;
    to: number;
    identified: boolean;
    profile: unknown[];
  }[];
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

  it('killed in the middle and called again, ends in the same bytes', async () => {
    const out = join(path, 'killed');
    const words = ['--out', out, '--budget', '8', '--seeds', '1', '-j', '2', '--quiet'];
    const call = ['calibrate', scenario, '--prices', prices, ...words];
    /** Every file of the calibration but clocks and runs' folders, which say when they were made. */
    const told = (): Record<string, string> => {
      const [name] = readdirSync(out);
      return Object.fromEntries(
        filesBelow(join(out, name!))
          .filter((file) => !file.includes('/runs/'))
          .map((file) => [file, hashFile(join(out, name!, file))]),
      );
    };
    expect((await herdscope(...call)).code).equal(0);
    const whole = told();
    expect(Object.keys(whole)).include.members(['fitted.yaml', 'report.html']);
    rmSync(out, { recursive: true });
    const killed = start(call);
    const made = (): boolean =>
      existsSync(out) &&
      filesBelow(out).some((file) => /generation-01.runs.[^.]*.manifest\.json$/.test(file));
    await until(() => made() || killed.child.exitCode !== null);
    killed.child.kill('SIGKILL');
    expect((await killed.said).code).equal(null);
    const again = await herdscope(...call);
    expect([again.code, again.stderr]).deep.equal([0, '']);
    expect(told()).deep.equal(whole);
  });

  it('finds the impact that made the prices, and says which parameters they do not tell', async () => {
    const truth = { days: 720, warmUp: 20, learning: { localSteps: 0 } };
    const still = join(path, 'still.json');
    writeFileSync(still, JSON.stringify(overlaid(small, truth)));
    const made = await factsOf(
      smallScenario(overlaid(truth, { seed: 77, market: { clearing: { impact: 1.6 } } }) as object as never),
    );
    const levels = made
      .filter(({ day }) => day > 20)
      .map((facts, t) => {
        const date = new Date(Date.UTC(2020, 0, 1 + t)).toISOString().slice(0, 10);
        return `${date},${column(facts, 'days', 'indexLevel')[0]!}`;
      });
    const known = join(path, 'known.csv');
    writeFileSync(known, ['date,index', ...levels].join('\n'));
    const words = ['--out', join(path, 'known'), '--budget', '64', '--seeds', '1', '--quiet'];
    const { code, stdout, stderr } = await herdscope(
      ...['calibrate', still, '--prices', known, '--format', 'json', ...words],
    );
    expect([code, stderr]).deep.equal([0, '']);
    const { parameters, distance, points } = JSON.parse(stdout) as Printed;
    expect(points).at.most(64);
    expect(distance.best).below(distance.start / 2);
    const of = Object.fromEntries(parameters.map((p) => [p.path.split('.').at(-1)!, p]));
    expect(of['impact']!.identified).equal(true);
    expect(of['impact']!.start).closeTo(0.5, 1e-9);
    expect(of['impact']!.from).below(1.6).and.above(0.5);
    expect(of['impact']!.to).above(1.6);
    // Nobody learns: neither how fast, nor from what, leaves a trace in prices.
    for (const name of ['learningRate', 'signals']) {
      expect(of[name]!.identified, name).equal(false);
      expect(new Set(of[name]!.profile), name).property('size', 1);
    }
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
    const still = rows.map((row) => `${row.split(',')[0]!},100`);
    writeFileSync(prices, ['date,index', ...still].join('\n'));
    const constant = await fit();
    expect([constant.code, constant.stderr]).deep.equal([2, `${prices}: its returns never vary\n`]);
  });

  it('refuses a scenario too short for its own moments, and says how long it must be', async () => {
    writeFileSync(prices, ['date,index', ...rows].join('\n'));
    const brief = async (...more: string[]): Promise<[number | null, string, string]> => {
      const { code, stdout, stderr } = await fit('--budget', '8', '--seeds', '1', ...more);
      return [code, stdout, stderr];
    };
    const needed = '61 are needed, for moments look back 60 days';
    expect(await brief('-S', 'days=20', '-S', 'warmUp=null')).deep.equal([
      2,
      '',
      `small: has 15 days after its warm-up of 5; ${needed}: -S days=82\n`,
    ]);
    expect(await brief('-S', 'days=100', '-S', 'warmUp=40')).deep.equal([
      2,
      '',
      `small: has 60 days after its warm-up of 40; ${needed}: -S days=101\n`,
    ]);
    for (const enough of [
      ['days=82', 'warmUp=null'],
      ['days=101', 'warmUp=40'],
    ]) {
      const [code, stdout] = await brief('--format', 'json', ...enough.flatMap((e) => ['-S', e]));
      expect(code).equal(0);
      const { moments } = JSON.parse(stdout) as { moments: { spread: number; deviation: number }[] };
      for (const { spread } of moments) expect(spread).above(0);
    }
  });
});
