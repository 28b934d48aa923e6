import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

function synced(path: string, flags: string, write: (fd: number) => void): void {
  const fd = openSync(path, flags);
  try {
    write(fd);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

const whole =
  (bytes: Uint8Array) =>
  (fd: number): void => {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
  };

/** Adds to the end of a file, on disk for good when it returns; where that fails nothing of it stays, but a kill in between
 * leaves a last line that is not whole. */
export const appendForGood = (path: string, bytes: Uint8Array): void =>
  synced(path, 'a', (fd) => {
    const { size } = fstatSync(fd);
    try {
      whole(bytes)(fd);
      fsyncSync(fd);
    } catch (error) {
      ftruncateSync(fd, size);
      throw error;
    }
  });

/** Writes a file so that its place holds what was there before or all of this, never a part: write, sync, rename. */
export function writeAtomically(path: string, bytes: Uint8Array): void {
  synced(`${path}.new`, 'w', whole(bytes));
  renameSync(`${path}.new`, path);
  synced(dirname(path), 'r', () => undefined);
}
