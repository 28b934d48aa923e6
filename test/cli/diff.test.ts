import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { herdscope, workplace } from './herdscope.js';
import { makeSmallSweep, smallDesign } from './small-sweep.js';

describe('herdscope diff', function () {
  this.timeout(180_000);
  const place = workplace();
  let sweep = '';
  let runs: string[] = [];
  before(async () => {
    sweep = await makeSmallSweep(place.path, 'a');
    runs = readdirSync(join(sweep, 'runs')).map((run) => join(sweep, 'runs', run));
  });
  after(place.remove);

  it('names the keys and measures in which two runs differ, as text, Markdown and JSON', async () => {
    const { code, stdout } = await herdscope('diff', runs[0]!, runs[1]!);
    expect(code).to.equal(0);
    expect(stdout).to.match(/homogeneity\.signals +[01] +[01]|seed +[12] +[12]/);
    expect(stdout).to.match(/of \d+ measures differ/);
    const markdown = (await herdscope('diff', runs[0]!, runs[1]!, '--format', 'markdown')).stdout;
    expect(markdown).to.include('| key | a | b |').and.to.include('| measure | a [95%] |');
    const json = JSON.parse((await herdscope('diff', runs[0]!, runs[1]!, '--format', 'json')).stdout) as {
      metrics: { name: string; a: { value: number }; b: { value: number }; difference: number }[];
    };
    const crowding = json.metrics.find(({ name }) => name === 'crowding')!;
    expect(crowding.difference).to.equal(crowding.b.value - crowding.a.value);
  });

  it('names the first day on which records of one scenario part', async () => {
    const forged = join(place.path, 'forged');
    cpSync(runs[0]!, forged, { recursive: true });
    expect((await herdscope('diff', runs[0]!, forged)).stdout).to.include('the same, day by day');
    const lines = readFileSync(join(forged, 'events.jsonl'), 'utf8').split('\n');
    const at = lines.findIndex((line) => line.startsWith('{"day":7,"kind":"day"'));
    lines[at] = lines[at]!.replace(/"tables":"./, '"tables":"x');
    writeFileSync(join(forged, 'events.jsonl'), lines.join('\n'));
    expect((await herdscope('diff', runs[0]!, forged)).stdout).to.include(
      'part: day 7: the rows of its tables differ',
    );
  });

  it('pairs two sweeps by point and seed', async () => {
    const other = await makeSmallSweep(
      place.path,
      'b',
      smallDesign.replace('[0, 1]', '[0, 0.5]').replace('replications: 2', 'replications: 3'),
    );
    const { code, stdout } = await herdscope('diff', sweep, other);
    expect(code).to.equal(0);
    expect(stdout).to.include('Only a has: homogeneity.signals=1.');
    expect(stdout).to.include('2 runs are of one scenario and seed and have the same record');
    expect(stdout).to.match(/homogeneity\.signals=0 .* 1\.000 +1\.000 +2\n/);
  });

  it('refuses a run against a sweep, and what is neither', async () => {
    const mixed = await herdscope('diff', sweep, runs[0]!);
    expect([mixed.code, mixed.stderr.includes('compare like with like')]).to.deep.equal([2, true]);
    const none = await herdscope('diff', place.path, place.path);
    expect([none.code, none.stderr.includes('is not a run')]).to.deep.equal([2, true]);
  });
});
