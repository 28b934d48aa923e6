import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { indexBytes } from '../../analysis/sweep/index-table.js';
import { completeManifest } from '../commands/verify.js';
import { readSweep } from '../sweep/read-sweep.js';
import type { Exported, Exporter, Source } from './exporter.js';

const ofRun = (folder: string): Exported =>
  new Map(
    Object.keys(completeManifest(folder).files)
      .filter((file) => file.startsWith('data/'))
      .map((file) => [file.slice('data/'.length), readFileSync(join(folder, file))]),
  );

const kinds = {
  run: (folder: string): Promise<Exported> => Promise.resolve(ofRun(folder)),
  sweep: async (folder: string): Promise<Exported> =>
    new Map([['index.parquet', indexBytes(await readSweep(folder))]]),
} satisfies Record<Source['kind'], (folder: string) => Promise<Exported>>;

export const parquet: Exporter = {
  summary: 'the tables as they are recorded, with what their columns mean; a study’s parts as one',
  export: ({ folder, kind }) => kinds[kind](folder),
};
