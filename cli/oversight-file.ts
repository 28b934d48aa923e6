import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  nothingSaid,
  type Keeping,
  type Ordered,
  type Said,
  type SaidBefore,
} from '../coordinator/authority.js';
import type { Verdict } from '../coordinator/oversight/ticket.js';
import { appendForGood, writeAtomically } from './atomic-file.js';
import { lastDayOf } from './decisions.js';
import { oversightFile } from './run-directory.js';

/** What an overseer said; what a day took up of it, all that was said before; or the last day that was told to anybody when
 * a run stopped. */
type Line =
  | { readonly said: Verdict | Ordered }
  | ({ readonly taken: number } & Partial<Said>)
  | { readonly told: number };

const textOf = (line: Line): string => `${JSON.stringify(line)}\n`;

/** Journal of a served run: on disk before an overseer is told that it was taken, and before a day goes on. */
export interface Oversight extends Keeping {
  readonly before: SaidBefore;
  /** Begins to write once the run's folder is there, with all that was said until then. */
  readonly open: () => void;
}

/** Lines of a journal; a last one that is not whole was never answered. */
function linesOf(folder: string): Line[] {
  const path = join(folder, oversightFile);
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

/** Where a journal leaves a run. */
function saidIn(lines: readonly Line[]): SaidBefore {
  const taken = new Map<number, Said>();
  let [told, verdicts, ordered] = [-1, [] as Verdict[], [] as Ordered[]];
  for (const line of lines)
    if ('told' in line) told = Math.max(told, line.told);
    else if ('taken' in line) {
      const { taken: day, ...what } = line;
      taken.set(day, { ...(taken.get(day) ?? nothingSaid), ...what });
      if (what.verdicts) verdicts = [];
      if (what.ordered) ordered = [];
    } else if ('ticket' in line.said) verdicts.push(line.said);
    else ordered.push(line.said);
  return { taken, told, waiting: { verdicts, ordered } };
}

/** Opens the journal of a run, anew or where it was left. */
export function oversightOf(folder: string, isResumed: boolean): Oversight {
  const path = join(folder, oversightFile);
  const lines: Line[] = isResumed ? [...linesOf(folder), { told: lastDayOf(folder) }] : [];
  let isOpen = false;
  const note = (line: Line): void => {
    if (isOpen) appendForGood(path, Buffer.from(textOf(line)));
    else lines.push(line);
  };
  return {
    before: saidIn(lines),
    said: (one) => note({ said: one }),
    taken: (day, what) => note({ taken: day, ...what }),
    open: () => {
      writeAtomically(path, Buffer.from(lines.map(textOf).join('')));
      isOpen = true;
    },
  };
}

/** A complete run's record holds what was decided. */
export const removeOversight = (folder: string): void => rmSync(join(folder, oversightFile), { force: true });
