import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NotTaken, type LiveTerms, type Said } from '../coordinator/live-authority.js';
import { appendForGood, writeAtomically } from './atomic-file.js';
import { lastDayOf } from './decisions.js';
import { CliError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { oversightFile, writing } from './run-directory.js';

/** What people decided in an unfinished run, and the first day on which they have not seen anything happen yet. */
export type Heard = Pick<LiveTerms, 'said' | 'openFrom'>;

/** A run that nobody has decided in. */
export const nothingHeard: Heard = { said: [], openFrom: 1 };

/** A line of the file: a decision, or the last day that was told of when the run was carried on. */
type Line = Said | { readonly kind: 'reached'; readonly day: number };

/** Lines that were written to their end; the last one is not where a kill fell into its writing, and was not
 * acknowledged then. */
function linesOf(path: string): Line[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  return lines.map((line, at) => {
    try {
      return JSON.parse(line) as Line;
    } catch {
      throw new CliError(exitCodes.verification, [
        `${path}:${at + 1}: is damaged; without that file, resume forgets what people decided`,
      ]);
    }
  });
}

/** What an unfinished run has heard. Days that its record tells of, that it told of before it was last carried on, or
 * that a decision waits for, are not decided on anew. */
export function readHeard(folder: string): Heard {
  const lines = linesOf(join(folder, oversightFile));
  const said = lines.filter((line) => line.kind !== 'reached');
  const told = lines.flatMap((line) => (line.kind === 'reached' ? [line.day] : []));
  const reached = Math.max(0, lastDayOf(folder), ...told);
  return { said, openFrom: Math.max(reached + 1, ...said.map(({ day }) => day)) };
}

/** Where decisions are kept for good while a run is not complete. */
export interface OversightFile {
  /** Begins the file, once the run's folder is there. */
  readonly begin: () => void;
  /** @throws {NotTaken} before the file was begun */
  readonly keep: (said: Said) => void;
}

const text = (line: Line): string => `${JSON.stringify(line)}\n`;

/** Keeps what people decide in a run beside its record, where a kill does not reach it. */
export function oversightIn(folder: string, { said, openFrom }: Heard): OversightFile {
  const path = join(folder, oversightFile);
  let begun = false;
  return {
    begin() {
      const lines: Line[] = [{ kind: 'reached', day: openFrom - 1 }, ...said];
      writing(path, () => writeAtomically(path, Buffer.from(lines.map(text).join(''))));
      begun = true;
    },
    keep(one) {
      if (!begun) throw new NotTaken('early', 'the run has not begun: its institutions are still to join');
      writing(path, () => appendForGood(path, Buffer.from(text(one))));
    },
  };
}
