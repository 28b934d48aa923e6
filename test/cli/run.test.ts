import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { engineKind } from '../../agents/learning/preferred-backend.js';
import { herdscope, herdscopeIn, quick, start, workplace, type Said } from './herdscope.js';

const stack = /^\s+at .+:\d+:\d+\)?$/m;

function refused({ code, stdout, stderr }: Said, expected: number, message: RegExp): void {
  expect(stderr).to.match(message);
  expect(stderr).not.to.match(stack);
  expect(stdout).to.equal('');
  expect(code).to.equal(expected);
}

const manifestOf = (run: string): { status: string; engine: string; files: Record<string, string> } =>
  JSON.parse(readFileSync(join(run, 'manifest.json'), 'utf8')) as never;

/** Waits until a run has begun to write. */
async function begun(out: string): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const [name] = existsSync(out) ? readdirSync(out) : [];
    const events = name === undefined ? '' : join(out, name, 'events.jsonl');
    if (events && existsSync(events)) return join(out, name!);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the run never began');
}

describe('herdscope, as a user types it', function () {
  this.timeout(120_000);
  const place = workplace();
  const out = join(place.path, 'runs');
  after(place.remove);
  let first: Said;
  let run: string;
  before(async () => {
    first = await herdscope('run', ...quick, '--out', out);
    run = join(out, readdirSync(out)[0]!);
  });

  it('run: a table on stdout that ends with the report’s path, progress on stderr, exit 0', () => {
    expect(first.stderr)
      .to.match(/day 40\/40 {2}[\d.]+ days\/s/)
      .and.to.match(/days in .* s \(.*\): .*recording \d+%/);
    expect(first.stdout.trimEnd().split('\n').at(-1)).to.equal(join(run, 'report.html'));
    expect(first.stdout).not.to.match(/days\/s/);
    expect(first.code).to.equal(0);
    expect(run).to.match(/quick-[0-9a-f]{8}$/);
    expect(manifestOf(run).status).to.equal('complete');
    expect(readdirSync(run)).to.include.members([
      'resolved.json',
      'events.jsonl',
      'data',
      'metrics.json',
      'report.html',
      'figures',
    ]);
  });

  it('run: refuses to write over a complete run without --force', async () => {
    refused(await herdscope('run', ...quick, '--out', out), 2, /--force/);
  });

  it('run --quiet --format json: nothing but JSON', async () => {
    const said = await herdscope(
      'run',
      ...quick,
      '--out',
      out,
      '--force',
      '--quiet',
      '--format',
      'json',
      '--no-color',
      '--no-input',
    );
    expect(said.stderr).to.equal('');
    expect(JSON.parse(said.stdout)).to.have.keys('run', 'report', 'metrics');
    expect(said.code).to.equal(0);
  });

  it('run in another folder gives the same bytes', async () => {
    const other = join(place.path, 'elsewhere');
    await herdscope('run', ...quick, '--out', other, '--quiet');
    expect(manifestOf(join(other, readdirSync(other)[0]!)).files).to.deep.equal(manifestOf(run).files);
  });

  it('run: another seed is another folder; --seed is -S seed=', async () => {
    const [by, set] = [
      await herdscope('validate', ...quick, '--seed', '9'),
      await herdscope('validate', ...quick, '-S', 'seed=9'),
    ];
    expect(by.stdout).to.equal(set.stdout);
    expect(by.stdout).not.to.equal((await herdscope('validate', ...quick)).stdout);
  });

  it('verify, show and reproduce a run', async () => {
    const verified = await herdscope('verify', run);
    expect([verified.code, verified.stderr]).to.deep.equal([0, '']);
    expect(JSON.parse((await herdscope('verify', run, '--format', 'json')).stdout)).to.include({
      verified: true,
    });
    const shown = await herdscope('show', run);
    expect([shown.code, shown.stdout]).to.deep.equal([0, first.stdout]);
    const again = await herdscope('reproduce', run);
    expect(again.stdout).to.match(/all \d+ files are the same bytes/);
    expect(again.code).to.equal(0);
  });

  it('verify: exit 7 names the first broken link, whatever file was touched', async () => {
    for (const [file, message] of [
      ['report.html', /report\.html is not the file of the manifest/],
      ['metrics.json', /metrics\.json is not the file of the manifest/],
      ['data/dictionary.json', /dictionary\.json is not the file of the manifest/],
      ['events.jsonl', /broken link|events\.jsonl|cannot be read/],
      ['data/fills.parquet', /fills\.parquet|data\/, day|cannot be read/],
      ['figures/more.svg', /figures\/more\.svg is not in the manifest/],
    ] as const) {
      const copy = join(place.path, 'touched');
      cpSync(run, copy, { recursive: true });
      const path = join(copy, file);
      const bytes = existsSync(path) ? readFileSync(path) : Buffer.from('new');
      const middle = Math.floor(bytes.length / 2);
      bytes[middle] = bytes[middle]! ^ 1;
      writeFileSync(path, bytes);
      refused(await herdscope('verify', copy), 7, message);
      cpSync(run, copy, { recursive: true, force: true });
      if (file === 'figures/more.svg') writeFileSync(path, 'x');
    }
  });

  it('reproduce: exit 6 names the first difference', async () => {
    const forged = join(place.path, 'forged');
    cpSync(run, forged, { recursive: true });
    const resolved = JSON.parse(readFileSync(join(forged, 'resolved.json'), 'utf8')) as { seed: number };
    writeFileSync(join(forged, 'resolved.json'), JSON.stringify({ ...resolved, seed: 77 }, null, 2));
    refused(
      await herdscope('reproduce', forged),
      6,
      /was not reproduced: day \d+: the rows of its tables differ/,
    );
  });

  it('a folder that is no run, or none at all, is a usage error', async () => {
    mkdirSync(join(place.path, 'empty'), { recursive: true });
    for (const command of ['verify', 'show', 'reproduce'])
      for (const folder of ['empty', 'nowhere'])
        refused(await herdscope(command, join(place.path, folder)), 2, /is not a run/);
  });

  it('Ctrl-C: exit 130, and the folder says that it was interrupted', async () => {
    const stopped = join(place.path, 'stopped');
    const { child, said } = start(['run', ...quick, '-S', 'days=100000', '--out', stopped]);
    const folder = await begun(stopped);
    child.kill('SIGINT');
    const { code, stderr, stdout } = await said;
    expect(code).to.equal(130);
    expect(stderr)
      .to.match(/interrupted/)
      .and.not.to.match(stack);
    expect(stdout).to.equal('');
    expect(manifestOf(folder).status).to.equal('interrupted');
    refused(await herdscope('verify', folder), 2, /not complete: its manifest says interrupted/);
  });

  it('SIGTERM: exit 143', async () => {
    const stopped = join(place.path, 'ended');
    const { child, said } = start(['run', ...quick, '-S', 'days=100000', '--out', stopped]);
    await begun(stopped);
    child.kill('SIGTERM');
    expect((await said).code).to.equal(143);
  });

  it('a folder that cannot be written: exit 4, in one line', async () => {
    const file = join(place.path, 'file');
    writeFileSync(file, '');
    refused(
      await herdscope('run', ...quick, '--quiet', '--out', join(file, 'runs')),
      4,
      /cannot be written: a part of the path is a file/,
    );
  });

  it('a place where nothing can be made: exit 4, at once', async function () {
    if (!existsSync('/proc/self')) this.skip();
    refused(await herdscope('run', ...quick, '--quiet', '--out', '/proc/herdscope'), 4, /cannot be written/);
  });

  it('usage errors: exit 2, with the nearest name where there is one', async () => {
    refused(await herdscope('rnu'), 2, /run/);
    refused(await herdscope(), 2, /name a command/);
    refused(await herdscope('run', '--fromat', 'json'), 2, /fromat/);
    refused(await herdscope('run', '--format', 'xml'), 2, /xml/);
    refused(await herdscope('measure', 'lvs'), 2, /did you mean "lsv"/);
    refused(await herdscope('run', '--workers', '0'), 2, /^--workers: must be a whole number/);
    refused(await herdscope('validate', '--seed', 'x'), 2, /^--seed: must be a whole number .*"x"/);
  });

  it('doctor --format json says engine, simd, threads, adapters and what is broken', async () => {
    const { stdout, code } = await herdscope('doctor', '--format', 'json');
    const found = JSON.parse(stdout) as Record<string, unknown>;
    expect(code).to.equal(0);
    expect(found).to.have.keys('engine', 'simd', 'threads', 'adapters', 'broken');
    expect(found).to.include({ engine: engineKind(), simd: engineKind() === 'wasm-simd' });
  });

  it('without SIMD the oracle computes: doctor and manifest say so, and the bytes are the same', async () => {
    const withoutSimd = 'data:text/javascript,WebAssembly.validate = () => false;';
    const env = { NODE_OPTIONS: `--import=${JSON.stringify(withoutSimd)}` };
    const { stdout } = await herdscopeIn(env, 'doctor', '--format', 'json');
    expect(JSON.parse(stdout)).to.include({ engine: 'oracle', simd: false });
    const plain = join(place.path, 'plain');
    const { code, stderr } = await herdscopeIn(env, 'run', ...quick, '--out', plain);
    expect(code, stderr).to.equal(0);
    const manifest = manifestOf(join(plain, readdirSync(plain)[0]!));
    expect(manifest.engine).to.equal('oracle');
    expect(manifestOf(run).engine).to.equal(engineKind());
    expect(manifest.files).to.deep.equal(manifestOf(run).files);
  });

  it('validate and schema', async () => {
    const { stdout, code } = await herdscope('validate');
    expect([code, stdout.startsWith('valid: baseline-')]).to.deep.equal([0, true]);
    const schema = await herdscope('schema');
    expect(JSON.parse(schema.stdout)).to.include({ title: 'Herdscope scenario' });
  });

  it('an invalid scenario: exit 3, every problem at its place, and nothing written', async () => {
    const file = join(place.path, 'bad.yaml');
    writeFileSync(file, 'name: bad\ndayz: 3\nseed: -1\ninstitutions:\n  count: many\n');
    const never = join(place.path, 'never');
    const contradictory = 'mandates: [{ kind: architecture-cap, maxShare: 0.1 }]\n';
    writeFileSync(
      file,
      `${readFileSync(file, 'utf8')}market: { calibration: { prices: gone.csv } }\n${contradictory}`,
    );
    const said = await herdscope('run', file, '--out', never);
    refused(said, 3, /bad\.yaml:2:\d+: dayz: is not a known key; did you mean "days"\?/);
    expect(said.stderr)
      .to.match(/bad\.yaml:3:7: seed: .*-1/)
      .and.to.match(/bad\.yaml:5:10: institutions\.count: .*"many"/)
      .and.to.match(/bad\.yaml:6:34: market\.calibration\.prices: .*gone\.csv does not exist/)
      .and.to.match(/bad\.yaml:7:\d+: mandates\[0\]\.maxShare: 0\.1 cannot be met/);
    expect(existsSync(never)).to.equal(false);
  });
});
