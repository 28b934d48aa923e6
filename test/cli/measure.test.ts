import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The command as a user types it, in another process. */
const herdscope = (args: string[], input = '') =>
  spawnSync(process.execPath, ['--import', 'tsx', 'cli/index.ts', 'measure', ...args], {
    cwd: root,
    input,
    encoding: 'utf8',
  });

describe('herdscope measure', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'herdscope-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('reads a file, CSV beside it, and prints JSON alone on stdout', () => {
    writeFileSync(join(folder, 'r.csv'), 'date,a\n2020-01-01,1\n2020-01-02,2\n2020-01-03,3\n');
    writeFileSync(join(folder, 'in.json'), '{"file": "r.csv"}');
    const { stdout, stderr, status } = herdscope(['turbulence', join(folder, 'in.json')]);
    expect([status, stderr]).to.deep.equal([0, '']);
    expect(JSON.parse(stdout)).to.have.property('turbulence').with.length(3);
  });

  it('reads standard input', () => {
    const { stdout, status } = herdscope(['lsv', '-'], '{"periods": [{"buys": [2, 0], "sells": [0, 2]}]}');
    expect(status).to.equal(0);
    expect(JSON.parse(stdout)).to.have.property('meanHerding', 0.25);
  });

  it('leaves with 2 and says why, without a stack, where input is bad', () => {
    const cases: [string[], string, RegExp][] = [
      [['lsv', '-'], '{"periods": [NaN]}', /^standard input:1:14: not valid JSON/],
      [['lsv', '-'], '{"periods": []}', /^periods: must not be empty\n$/],
      [['lvs', '-'], '{}', /^unknown measure "lvs"; did you mean "lsv"/],
      [['lsv', 'none.json'], '', /^none\.json: does not exist\n$/],
      [['lsv'], '', /^measure lsv: give an input file/],
      [['effective-number', '-'], '{"weights": [1, 1], "orders": ["xx"]}', /^orders\[0\]: .*"inf"/],
    ];
    for (const [args, input, message] of cases) {
      const { stdout, stderr, status } = herdscope(args, input);
      expect([status, stdout], args.join(' ')).to.deep.equal([2, '']);
      expect(stderr).to.match(message);
      expect(stderr).not.to.match(/\n\s+at /);
    }
  }).timeout(60_000);

  it('lists formula, range, source and pitfall of each', () => {
    const args = ['--import', 'tsx', 'cli/index.ts', 'measure', '--list', '--format', 'json'];
    const list = JSON.parse(
      execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }),
    ) as object[];
    for (const entry of list)
      expect(entry).to.have.all.keys('name', 'summary', 'formula', 'range', 'source', 'paper', 'pitfall');
    expect(list.map((entry) => (entry as { name: string }).name)).to.include('lsv');
  });
});
