import type { Scenario } from '../core/scenario.js';
import { notesOn } from '../core/scenario/notes.js';
import { catalogue } from './catalogue.js';
import type { Globals } from './globals.js';

/** What is worth knowing of a scenario before it is run. */
export const notesOf = (scenario: Scenario): string[] => notesOn(scenario, catalogue);

/** Says it on stderr. */
export function sayNotes(scenario: Scenario, { quiet }: Globals, more: readonly string[] = []): void {
  if (!quiet) for (const note of [...notesOf(scenario), ...more]) process.stderr.write(`note: ${note}\n`);
}
