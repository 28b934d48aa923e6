import { notices, recordVersion, tables, type Level } from '../../core/events.js';
import { keptTables } from './batch.js';

/** What every column of every table means, with its unit: data/dictionary.json. */
export const dictionaryOf = (level: Level): object => ({
  version: recordVersion,
  tables: Object.fromEntries(
    keptTables(level).map((name) => [name, { meaning: tables[name].meaning, columns: tables[name].columns }]),
  ),
  notices,
});
