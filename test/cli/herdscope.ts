import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const compiled = join(root, 'dist/cli/index.js');

const newest = (folder: string): number =>
  Math.max(
    0,
    ...readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => statSync(join(root, folder, file)).mtimeMs),
  );

/** The compiled command as a user runs it; where it is missing or older than its source, the source. */
const entry = (): string[] => {
  const folders = ['core', 'market', 'agents', 'coordinator', 'analysis', 'cli'];
  const fresh = existsSync(compiled) && statSync(compiled).mtimeMs >= Math.max(...folders.map(newest));
  return fresh ? [compiled] : ['--import', 'tsx', join(root, 'cli/index.ts')];
};
let chosen: string[] | undefined;

export interface Said {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts `herdscope` and hands over the process; the promise settles when it has ended. */
export function start(
  words: readonly string[],
  cwd = root,
  env: Readonly<Record<string, string>> = {},
): { readonly child: ChildProcess; readonly said: Promise<Said> } {
  chosen ??= entry();
  const child = spawn(process.execPath, [...chosen, ...words], {
    cwd,
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  const said = new Promise<Said>((resolve) => {
    const heard = { stdout: '', stderr: '' };
    child.stdout.on('data', (bytes: Buffer) => (heard.stdout += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (heard.stderr += bytes.toString()));
    child.on('close', (code) => resolve({ code, ...heard }));
  });
  child.stdin.end();
  return { child, said };
}

/** Runs `herdscope` to its end. */
export const herdscope = (...words: string[]): Promise<Said> => start(words).said;

/** The same in another environment. */
export const herdscopeIn = (env: Readonly<Record<string, string>>, ...words: string[]): Promise<Said> =>
  start(words, root, env).said;

/** A folder of a test's own, and how to be rid of it. */
export function workplace(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'herdscope-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Overrides that make the default scenario small. */
export const quick = [
  'name=quick',
  'days=40',
  'institutions.count=12',
  'institutions.sizes.largestShare=0.2',
  'learning.historyDays=60',
  'learning.window=60',
  'learning.firstSteps=10',
].flatMap((assignment) => ['-S', assignment]);
