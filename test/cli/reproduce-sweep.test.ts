import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { indexBytes } from '../../analysis/sweep/index-table.js';
import type { SweepData, SweepRow } from '../../analysis/sweep/sweep-data.js';
import { readSweep } from '../../cli/sweep/read-sweep.js';
import { herdscope, workplace } from './herdscope.js';
import { makeSmallSweep, smallDesign, writeDesign } from './small-sweep.js';

describe('herdscope reproduce, of many runs', function () {
  this.timeout(300_000);
  const place = workplace();
  let sweep = '';
  let data: SweepData;
  before(async () => {
    sweep = await makeSmallSweep(place.path, 'sweep');
    data = await readSweep(sweep);
  });
  after(place.remove);

  /** A study that keeps the sweep's table, its rows as `change` has them. */
  function study(name: string, design: string, change: (row: SweepRow, i: number) => SweepRow): string {
    const folder = join(place.path, name);
    mkdirSync(join(folder, 'results'), { recursive: true });
    writeDesign(folder, design);
    writeFileSync(
      join(folder, 'results', 'index.parquet'),
      indexBytes({ ...data, rows: data.rows.map(change) }),
    );
    return folder;
  }

  it('makes every run of a sweep again, and compares the hash of each', async () => {
    const { code, stdout, stderr } = await herdscope('reproduce', sweep, '-j', '2', '--quiet');
    expect([code, stdout, stderr]).to.deep.equal([
      0,
      'reproduced: 4 of 4 runs end in the recorded hash\n',
      '',
    ]);
  });

  it('draws a sample by lot, the same for one seed', async () => {
    const said = async (...words: string[]) =>
      JSON.parse(
        (await herdscope('reproduce', sweep, '--format', 'json', '--quiet', ...words)).stdout,
      ) as object;
    const sample = { reproduced: true, runs: 2, of: 4, seed: 3, renamed: [] };
    expect(await said('--sample', '2', '--seed', '3')).to.deep.equal(sample);
    expect(await said('--sample', '9')).to.deep.equal({ ...sample, runs: 4, seed: 1 });
  });

  it('reproduces a study from its table and design; a run of another name is a note', async () => {
    const folder = study('renamed', smallDesign, (row) => ({
      ...row,
      run: row.run.replace(/.{8}$/, '00000000'),
    }));
    const { code, stdout } = await herdscope('reproduce', folder, '--sample', '1', '--quiet');
    expect(code).to.equal(0);
    expect(stdout).to.include('1 of 4 runs, drawn by seed 1, end in the recorded hash');
    expect(stdout).to.include('1 of them have another name by now');
  });

  it('names every run whose hash differs', async () => {
    const forged = '0'.repeat(64);
    const folder = study('forged', smallDesign, (row, i) => (i === 2 ? { ...row, chain: forged } : row));
    const { code, stderr } = await herdscope('reproduce', folder, '--quiet');
    expect(code).to.equal(6);
    const { run, chain } = data.rows[2]!;
    expect(stderr).to.equal(
      `${folder}: 1 of 4 runs were not reproduced\n` +
        `${run} (homogeneity.signals=1, seed ${data.rows[2]!.seed}): 000000000000 is recorded, ${chain.slice(0, 12)} came out\n`,
    );
  });

  it('refuses a table of another design, results without a design, and a sample of one run', async () => {
    const other = study('other', smallDesign.replace('[0, 1]', '[0, 0.5]'), (row) => row);
    const mixed = await herdscope('reproduce', other, '--quiet');
    expect([mixed.code, mixed.stderr]).to.deep.equal([
      6,
      `${other}: run ${data.rows[2]!.run} (homogeneity.signals=1, seed ${data.rows[2]!.seed}) is not of this design\n`,
    ]);
    rmSync(join(other, 'design.yaml'));
    const bare = await herdscope('reproduce', other, '--quiet');
    expect([bare.code, bare.stderr.includes('neither a plan.json nor a design.yaml')]).to.deep.equal([
      2,
      true,
    ]);
    const run = join(sweep, 'runs', data.rows[0]!.run);
    const one = await herdscope('reproduce', run, '--sample', '1');
    expect([one.code, one.stderr]).to.deep.equal([
      2,
      `--sample: ${run} is not a sweep, nor a study with results\n`,
    ]);
  });

  it('refuses a table whose seeds are not those of its plan', async () => {
    const copy = join(place.path, 'copy');
    mkdirSync(copy);
    copyFileSync(join(sweep, 'plan.json'), join(copy, 'plan.json'));
    writeFileSync(
      join(copy, 'index.parquet'),
      indexBytes({ ...data, rows: data.rows.map((row) => ({ ...row, seed: row.seed + 1 })) }),
    );
    const { code, stderr } = await herdscope('reproduce', copy, '--quiet');
    expect([code, stderr.includes('is not of this design')]).to.deep.equal([6, true]);
  });

  it('reproduces a run of a shipped study', async () => {
    const { code, stdout } = await herdscope(
      'reproduce',
      'scenarios/self-correcting',
      '--sample',
      '1',
      '--quiet',
    );
    // A field that scenarios have got since, at its default, makes another name and the same run.
    expect([code, stdout.split('\n')[0]]).to.deep.equal([
      0,
      'reproduced: 1 of 192 runs, drawn by seed 1, end in the recorded hash',
    ]);
  });
});
