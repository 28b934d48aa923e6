import { notices, recordVersion, tables } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import { keptTables } from './batch.js';

/** One institution as it was on day 0. */
export interface RosterEntry {
  readonly id: string;
  readonly type: string;
  readonly architecture: string;
}

/** What every column of every table means, with its unit, and what its indices stand for: data/dictionary.json. */
export const dictionaryOf = (scenario: Scenario, roster: readonly RosterEntry[]): object => ({
  version: recordVersion,
  roster,
  assets: scenario.assets.map((asset) => asset.id),
  architectures: scenario.learning.architectures.map((architecture) => architecture.name),
  tables: Object.fromEntries(
    keptTables(scenario.record).map((name) => [
      name,
      { meaning: tables[name].meaning, columns: tables[name].columns },
    ]),
  ),
  notices,
});
