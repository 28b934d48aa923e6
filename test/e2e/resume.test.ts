import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { filesBelow } from '../../cli/files-below.js';
import { hashFile } from '../../cli/manifest.js';
import { small } from '../small-run.js';

const entry = fileURLToPath(new URL('../../cli/index.ts', import.meta.url));

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly stderr: string; readonly stdout: string }>;
}

function start(...words: string[]): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (text) => (stdout += String(text)));
  child.stderr.on('data', (text) => (stderr += String(text)));
  const ended = new Promise<Awaited<Started['ended']>>((resolve) =>
    child.on('close', (code) => resolve({ code, stdout, stderr })),
  );
  return { child, ended };
}

/** Every file of a record but its manifest. */
const record = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesBelow(folder)
      .filter((file) => file !== 'manifest.json')
      .map((file) => [file, hashFile(join(folder, file))]),
  );

const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

/** Sends a signal as soon as a file has so many bytes; the wait ends, too, when the process does. */
async function signalAt({ child, ended }: Started, path: string, bytes: number, signal: NodeJS.Signals) {
  while (child.exitCode === null && sizeOf(path) < bytes)
    await new Promise((resolve) => setTimeout(resolve, 1));
  child.kill(signal);
  return ended;
}

describe('e2e/resume', function () {
  this.timeout(600_000);
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-resume-'));
  const scenario = join(folder, 'scenario.json');
  const run = (out: string, ...more: string[]): string[] => [
    'run',
    scenario,
    '--out',
    join(folder, out),
    '--quiet',
    ...more,
  ];
  const only = (out: string): string => join(folder, out, readdirSync(join(folder, out))[0]!);
  let expected: Record<string, string>;
  let events: number;

  before(async () => {
    const outages = [{ institution: 'bank-02', from: 20, to: 90 }];
    writeFileSync(
      scenario,
      JSON.stringify({ ...small, days: 160, institutions: { ...small.institutions, outages } }),
    );
    const { code, stderr } = await start(...run('whole', '--workers', '1')).ended;
    expect(code, stderr).to.equal(0);
    expected = record(only('whole'));
    events = sizeOf(join(only('whole'), 'events.jsonl'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('continues to the same bytes after kill -9 at several moments', async () => {
    const started = start(...run('killed', '--workers', '2', '--checkpoint-every', '2'));
    while (!existsSync(join(folder, 'killed'))) await new Promise((resolve) => setTimeout(resolve, 5));
    const target = only('killed');
    const lines = join(target, 'events.jsonl');
    await signalAt(started, lines, 0.02 * events, 'SIGKILL');
    for (const share of [0.3, 0.31, 0.7])
      await signalAt(
        start('resume', target, '--quiet', '--checkpoint-every', '2'),
        lines,
        share * events,
        'SIGKILL',
      );
    expect(existsSync(join(target, 'manifest.json'))).to.equal(false);
    const { code, stderr } = await start('resume', target, '--quiet').ended;
    expect(code, stderr).to.equal(0);
    expect(record(target)).to.deep.equal(expected);
    const again = await start('resume', target).ended;
    expect(again.code).to.equal(0);
    expect(again.stdout).to.contain('is complete');
  });

  it('keeps what it has on an interrupt and says how to carry on', async () => {
    const started = start(...run('interrupted', '--workers', '1'));
    while (!existsSync(join(folder, 'interrupted'))) await new Promise((resolve) => setTimeout(resolve, 5));
    const target = only('interrupted');
    const { code, stderr } = await signalAt(started, join(target, 'events.jsonl'), 0.4 * events, 'SIGINT');
    expect(code).to.equal(130);
    expect(stderr).to.contain(`herdscope resume ${target}`);
    expect(existsSync(join(target, 'checkpoint.bin'))).to.equal(true);
    const resumed = await start('resume', target, '--quiet').ended;
    expect(resumed.code, resumed.stderr).to.equal(0);
    expect(record(target)).to.deep.equal(expected);
  });

  it('refuses a damaged checkpoint and a folder that is no run', async () => {
    const target = only('whole');
    const copy = join(folder, 'damaged');
    const started = start(...run('damaged', '--workers', '1'));
    while (!existsSync(copy)) await new Promise((resolve) => setTimeout(resolve, 5));
    await signalAt(started, join(only('damaged'), 'events.jsonl'), 0.2 * events, 'SIGINT');
    const path = join(only('damaged'), 'checkpoint.bin');
    const bytes = readFileSync(path);
    bytes[bytes.length - 9]! ^= 1;
    writeFileSync(path, bytes);
    const damaged = await start('resume', only('damaged')).ended;
    expect(damaged.code).to.equal(7);
    expect(damaged.stderr).to.contain('is damaged');
    const none = await start('resume', join(target, 'data')).ended;
    expect(none.code).to.equal(2);
    expect(none.stderr).to.contain('is not a run');
  });
});
