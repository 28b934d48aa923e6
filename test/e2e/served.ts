import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { filesBelow } from '../../cli/files-below.js';
import { hashFile } from '../../cli/manifest.js';
import { start, type Said } from '../cli/herdscope.js';

/** Every file of a record but its manifest. */
export const record = (folder: string): Record<string, string> =>
  Object.fromEntries(
    filesBelow(folder)
      .filter((file) => file !== 'manifest.json')
      .map((file) => [file, hashFile(join(folder, file))]),
  );

/** The one run in a folder. */
export const only = (folder: string): string => join(folder, readdirSync(folder)[0]!);

export const sizeOf = (path: string): number => (existsSync(path) ? statSync(path).size : 0);

/** Waits until something is so. */
export async function until(isSo: () => boolean, every = 5): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, every));
}

export interface Serving {
  readonly url: string;
  readonly child: ChildProcess;
  readonly said: Promise<Said>;
  /** What it has said on stderr so far. */
  readonly heard: () => string;
}

/** Starts a coordinator on any free port and waits until it listens. */
export async function serve(...words: readonly string[]): Promise<Serving> {
  const { child, said } = start(words);
  let stderr = '';
  child.stderr!.on('data', (bytes: Buffer) => (stderr += bytes.toString()));
  let url: string | undefined;
  await until(() => {
    url = /listening on (\S+)/.exec(stderr)?.[1];
    return url !== undefined || child.exitCode !== null;
  });
  if (url === undefined) throw new Error(`no coordinator: ${(await said).stderr}`);
  return { url, child, said, heard: () => stderr };
}

/** The day of a served run by its page of health; past every day once nobody answers. */
export const dayOf = (url: string): Promise<number> =>
  fetch(`${url}/healthz`).then(
    async (page) => ((await page.json()) as { day: number }).day,
    () => Infinity,
  );

/** Waits until a served run has come to a day. */
export async function reached(url: string, least: number): Promise<void> {
  while ((await dayOf(url)) < least) await new Promise((resolve) => setTimeout(resolve, 5));
}
