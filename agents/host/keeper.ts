/** A state of a host after a day, by the hash that the coordinator's checkpoint names. */
export interface SavedState {
  readonly day: number;
  readonly hash: string;
}

/** Keeps a host's states on its own side. */
export interface Keeper {
  readonly saved: () => readonly SavedState[];
  readonly keep: (saved: SavedState, state: Uint8Array) => void;
  /** @throws {Error} where it was not kept */
  readonly recall: (saved: SavedState) => Uint8Array;
}

/** The coordinator's last checkpoint is of the last state or of the one before. */
export const statesKept = 2;

export class NotKept extends Error {
  constructor({ day, hash }: SavedState) {
    super(`the state of day ${day} (${hash.slice(0, 8)}) is not kept here`);
    this.name = 'NotKept';
  }
}

/** Keeps states as long as the process lives. */
export function memoryKeeper(): Keeper {
  let kept: { readonly saved: SavedState; readonly state: Uint8Array }[] = [];
  return {
    saved: () => kept.map(({ saved }) => saved),
    keep: (saved, state) => {
      // Days after this one are of a run that was begun anew.
      kept = [...kept.filter((k) => k.saved.day < saved.day), { saved, state }].slice(-statesKept);
    },
    recall: (asked) => {
      const found = kept.find(({ saved }) => saved.day === asked.day && saved.hash === asked.hash);
      if (!found) throw new NotKept(asked);
      return found.state;
    },
  };
}
