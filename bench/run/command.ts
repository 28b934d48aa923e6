import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package.js';

/** The compiled command, as a user runs it. */
export const command = join(packageRoot, 'dist/cli/index.js');

/** Starts the command; settles with what it said. */
export function started(...words: string[]) {
  const child = spawn(process.execPath, [command, ...words]);
  let stderr = '';
  const heard: ((text: string) => void)[] = [];
  child.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes.toString();
    for (const hear of heard) hear(stderr);
  });
  child.stdout.resume();
  const said = new Promise<string>((resolve) => child.on('close', () => resolve(stderr)));
  const until = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const hear = (text: string): void => {
        const found = pattern.exec(text);
        if (found) resolve(found);
      };
      heard.push(hear);
      hear(stderr);
      child.on('close', () => reject(new Error(`ended before it said ${String(pattern)}: ${stderr}`)));
    });
  return { child, said, until };
}
