import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { pack, unpack } from '../../core/packing.js';
import { filesBelow } from '../files-below.js';
import { unfinishedFolder } from './unfinished.js';

interface Parcel {
  readonly files: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

/** All files of a run's folder as bytes that can be sent. */
export function parcelOf(folder: string): Buffer {
  const files = filesBelow(folder).map((path) => ({
    path,
    bytes: new Uint8Array(readFileSync(join(folder, path))),
  }));
  return gzipSync(pack({ files } satisfies Parcel), { level: 6 });
}

/** Puts a run that was sent where it belongs; whatever is there under its name is whole. */
export function unpackRun(parcel: Uint8Array, runs: string, run: string): void {
  const unfinished = unfinishedFolder(runs, run, process.pid);
  try {
    for (const { path, bytes } of unpack<Parcel>(new Uint8Array(gunzipSync(parcel))).files) {
      mkdirSync(dirname(join(unfinished, path)), { recursive: true });
      writeFileSync(join(unfinished, path), bytes);
    }
    rmSync(join(runs, run), { recursive: true, force: true });
    renameSync(unfinished, join(runs, run));
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}
