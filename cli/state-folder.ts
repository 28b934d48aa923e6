import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NotKept, statesKept, type Keeper, type SavedState } from '../agents/host/keeper.js';
import { hashBytes } from '../analysis/record/hashing.js';
import { writeAtomically } from './atomic-file.js';
import { writing } from './run-directory.js';

const name = ({ day, hash }: SavedState): string => `${String(day).padStart(8, '0')}-${hash}.state`;

function parsed(file: string): SavedState | undefined {
  const [, day, hash] = /^(\d{8,})-([0-9a-f]{64})\.state$/.exec(file) ?? [];
  return day === undefined || hash === undefined ? undefined : { day: Number(day), hash };
}

/** Keeps a host's states in a folder of its own: the last two, each whole or not at all. */
export function folderKeeper(folder: string): Keeper {
  writing(folder, () => mkdirSync(folder, { recursive: true }));
  const saved = (): SavedState[] =>
    readdirSync(folder)
      .sort()
      .flatMap((file) => parsed(file) ?? []);
  return {
    saved,
    keep: (state, bytes) => {
      writing(folder, () => writeAtomically(join(folder, name(state)), bytes));
      const others = saved().filter(({ day }) => day !== state.day);
      // Days after this one are of a run that was begun anew.
      const earlier = others.filter(({ day }) => day < state.day).slice(-(statesKept - 1));
      for (const other of others)
        if (!earlier.includes(other)) rmSync(join(folder, name(other)), { force: true });
    },
    recall: (asked) => {
      let state: Uint8Array;
      try {
        state = readFileSync(join(folder, name(asked)));
      } catch {
        throw new NotKept(asked);
      }
      if (hashBytes(state) !== asked.hash) throw new Error(`${join(folder, name(asked))} is damaged`);
      return state;
    },
  };
}
