import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { readIndex } from '../../analysis/sweep/index-table.js';
import { small } from '../small-run.js';

const folder = mkdtempSync(join(tmpdir(), 'herdscope-sweep-'));
const at = (...parts: string[]): string => join(folder, ...parts);
const cli = (...args: string[]) => {
  const done = spawnSync(process.execPath, ['--import', 'tsx', 'cli/index.ts', ...args, '--quiet'], {
    encoding: 'utf8',
  });
  return { code: done.status, out: done.stdout, errors: done.stderr };
};
const design = (name: string, more: string): string => {
  writeFileSync(at(`${name}.yaml`), `name: ${name}\nscenario: small.yaml\n${more}`);
  return at(`${name}.yaml`);
};
const ofLevels =
  'design: factorial\nover:\n  homogeneity.signals: [0, 1]\nreplications: 2\nmetrics: [crowding]\n';
const bytes = (...parts: string[]): string => readFileSync(at(...parts)).toString('base64');

describe('herdscope sweep', function () {
  this.timeout(180_000);
  let sweep = '';
  const bytesOf = (file: string): string => readFileSync(at('whole', sweep, file), 'utf8');
  before(() => {
    writeFileSync(at('small.yaml'), JSON.stringify(small));
    const { code, errors } = cli('sweep', 'run', design('two', ofLevels), '--out', at('whole'), '-j', '2');
    expect(errors).equal('');
    expect(code).equal(0);
    sweep = readdirSync(at('whole'))[0]!;
  });
  after(() => rmSync(folder, { recursive: true }));

  it('leaves one row a run, paired by seed', async () => {
    const { rows, plan } = await readIndex(readFileSync(at('whole', sweep, 'index.parquet')));
    expect(rows.map((r) => [r.point, r.replication, r.seed])).deep.equal([
      [0, 0, 1],
      [0, 1, 2],
      [1, 0, 1],
      [1, 1, 2],
    ]);
    expect(plan.points.map((p) => p.settings)).deep.equal([
      { 'homogeneity.signals': 0 },
      { 'homogeneity.signals': 1 },
    ]);
    expect(readdirSync(at('whole', sweep, 'runs'))).deep.equal(rows.map((r) => r.run).sort());
    expect(readFileSync(at('whole', sweep, 'report.html'), 'utf8')).contain('Crowding');
  });

  it('shards merge to the same bytes', () => {
    for (const shard of ['1/2', '2/2'])
      expect(
        cli('sweep', 'run', at('two.yaml'), '--out', at('parts'), '-j', '1', '--shard', shard).code,
      ).equal(0);
    const parts = readdirSync(at('parts')).map((part) => at('parts', part));
    expect(parts).length(2);
    expect(cli('sweep', 'merge', at('merged'), ...parts).code).equal(0);
    for (const file of ['index.parquet', 'effects.json', 'report.html'])
      expect(bytes('merged', file), file).equal(bytes('whole', sweep, file));
  });

  it('merges no two sweeps into one folder, and forgets failures that another part made good', () => {
    const other = design('other', ofLevels);
    expect(cli('sweep', 'run', other, '--out', at('others'), '-j', '1').code).equal(0);
    const another = at('others', readdirSync(at('others'))[0]!);
    const before = bytes('merged', 'plan.json');
    const { code, errors } = cli('sweep', 'merge', at('merged'), another);
    expect([code, errors]).deep.equal([2, 'these are parts of different sweeps: their plans differ\n']);
    expect([bytes('merged', 'plan.json'), readdirSync(at('merged', 'runs')).length]).deep.equal([before, 4]);

    const [part] = readdirSync(at('parts'));
    const [run] = readdirSync(at('merged', 'runs'));
    const failure = { run, point: 0, label: '', replication: 0, seed: 1, reason: 'it was killed' };
    writeFileSync(at('parts', part!, 'failures.jsonl'), `${JSON.stringify(failure)}\n`);
    expect(cli('sweep', 'merge', at('merged'), at('parts', part!)).code).equal(0);
    expect(JSON.parse(cli('sweep', 'status', at('merged'), '--format', 'json').out)).deep.equal({
      runs: 4,
      finished: 4,
      left: 0,
      failures: [],
    });
    expect(bytes('merged', 'index.parquet')).equal(bytes('whole', sweep, 'index.parquet'));
  });

  it('says how many replications an effect needs, in standard deviations or by a pilot', () => {
    const asked = (...words: string[]) => cli('sweep', 'plan', at('two.yaml'), ...words);
    const needed = (...words: string[]): number =>
      (JSON.parse(asked(...words, '--format', 'json').out) as { needed: number }).needed;
    expect(needed('--effect', '0.5')).equal(34);
    expect(needed('--effect', '0.5', '--family', '4')).above(34);
    const [{ stdError, n }] = JSON.parse(bytesOf('effects.json')) as [{ stdError: number; n: number }];
    const half = 0.5 * stdError * Math.sqrt(n);
    const pilot = ['--pilot', at('whole', sweep)];
    expect(needed('--effect', `crowding=${half}`, ...pilot)).equal(34);
    const refused = [
      [['--effect', 'abc'], 'abc is not a number above 0'],
      [['--effect', '0'], '0 is not a number above 0'],
      [['--effect', '-1'], '-1 is not a number above 0'],
      [['--effect', 'crowding=1'], 'needs --pilot'],
      [['--effect', 'crowdin=1', ...pilot], 'did you mean "crowding"?'],
      [['--effect', '1', '--family', '0'], 'at least 1'],
    ] as const;
    for (const [words, reason] of refused) {
      const { code, errors } = asked(...words);
      expect([code, errors.includes(reason)], errors).deep.equal([2, true]);
    }
  });

  it('writes its report anew from its table alone', () => {
    const before = bytes('whole', sweep, 'report.html');
    rmSync(at('whole', sweep, 'report.html'));
    const { code, out } = cli('report', at('whole', sweep));
    expect([code, out.trim()]).deep.equal([0, at('whole', sweep, 'report.html')]);
    expect(bytes('whole', sweep, 'report.html')).equal(before);
    const run = readdirSync(at('whole', sweep, 'runs'))[0]!;
    expect(cli('report', at('whole', sweep, 'runs', run), '--out', at('one')).code).equal(0);
    expect(readFileSync(at('one', 'report.html'), 'utf8')).contain('Volatility of the index');
    expect(cli('report', folder).code).equal(2);
  });

  it('makes only what is missing, and then the same bytes', () => {
    const before = bytes('whole', sweep, 'index.parquet');
    const [first] = readdirSync(at('whole', sweep, 'runs'));
    rmSync(at('whole', sweep, 'runs', first!, 'manifest.json'));
    expect(JSON.parse(cli('sweep', 'status', at('whole', sweep), '--format', 'json').out)).include({
      left: 1,
    });
    const again = cli('sweep', 'resume', at('whole', sweep), '--format', 'json');
    expect(JSON.parse(again.out)).include({ made: 1, finished: 4, failed: 0 });
    expect(bytes('whole', sweep, 'index.parquet')).equal(before);
  });

  it('refuses a folder that another sweep holds', () => {
    const lock = at('whole', sweep, 'sweep.lock');
    writeFileSync(lock, JSON.stringify({ host: hostname(), pid: process.pid }));
    const { code, errors } = cli('sweep', 'resume', at('whole', sweep));
    expect(errors).contain('in use by another sweep');
    expect(code).equal(2);
    expect(existsSync(lock)).equal(true);
    writeFileSync(lock, '');
    const unread = cli('sweep', 'resume', at('whole', sweep));
    expect([unread.code, unread.errors]).deep.equal([
      2,
      `${at('whole', sweep)} is in use by another sweep (its lock does not say whose); if that is gone, remove ${lock}\n`,
    ]);
    rmSync(lock);
  });

  it('refuses what is wrong before the first run, at its place', () => {
    const wrong = design(
      'wrong',
      'design: factorial\nover:\n  homogeneity.signal: [0, 1]\n  days: [12, 1]\n',
    );
    const { code, errors } = cli('sweep', 'run', wrong, '--out', at('none'));
    expect(code).equal(3);
    expect(errors).match(/wrong\.yaml:5:\d+: homogeneity\.signal: is not a known key/);
    expect(errors).match(/wrong\.yaml:6:\d+: days: /);
    expect(existsSync(at('none'))).equal(false);
  });

  it('compares what contrasts say, and refuses points that there are not', () => {
    const table =
      'design: table\ntable:\n  - { label: off }\n  - { label: on, homogeneity.signals: 1 }\nreplications: 2\nmetrics: [crowding]\n';
    const reversed = design('reversed', `${table}contrasts:\n  less: { off: 1, on: -1 }\n`);
    expect(cli('sweep', 'run', reversed, '--out', at('contrasts'), '-j', '2').errors).equal('');
    const effects = (...parts: string[]) =>
      JSON.parse(readFileSync(at(...parts, 'effects.json'), 'utf8')) as { label: string; value: number }[];
    const [less] = effects('contrasts', readdirSync(at('contrasts'))[0]!);
    const [more] = effects('whole', sweep);
    expect(less!.label).equal('less');
    expect(less!.value).closeTo(-more!.value, 1e-12);
    const wrong = design('stray', `${table}contrasts:\n  less: { off: 1, no: -1 }\n`);
    const { code, errors } = cli('sweep', 'plan', wrong);
    expect([code, errors]).deep.equal([
      3,
      `${wrong}:10:23: contrasts.less: "no" is the label of no point; did you mean "on"?\n`,
    ]);
    const uneven = design('uneven', `${table}contrasts:\n  less: { off: 1, on: -2 }\n`);
    expect(cli('sweep', 'plan', uneven).errors).contain(
      ':10:9: contrasts.less: weights of points must add up to 0',
    );
  });

  it('says that a design is a folder, or is not there, in one line', () => {
    for (const [path, reason] of [
      [folder, 'is a folder'],
      [at('gone.yaml'), 'does not exist'],
    ] as const) {
      const { code, errors } = cli('sweep', 'plan', path);
      expect([code, errors]).deep.equal([2, `${path}: ${reason}\n`]);
    }
  });

  it('refuses a random design without a count, at its place', () => {
    const wrong = design('uncounted', 'design: random\nover:\n  days: { from: 5, to: 9, whole: true }\n');
    const { code, errors } = cli('sweep', 'plan', wrong);
    expect(code).equal(3);
    expect(errors).match(/uncounted\.yaml:\d+:\d+: count: a sampled design needs a count/);
  });
});
