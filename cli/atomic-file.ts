import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
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

/** Writes a file so that its place holds what was there before or all of this, never a part: write, sync, rename. */
export function writeAtomically(path: string, bytes: Uint8Array): void {
  synced(`${path}.new`, 'w', (fd) => {
    for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
  });
  renameSync(`${path}.new`, path);
  synced(dirname(path), 'r', () => undefined);
}
