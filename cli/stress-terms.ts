import { otherColumn, type StressBook } from '../analysis/stress/book.js';
import { suggestion } from '../core/nearest.js';
import type { Channel, Medium } from '../market/contagion/channel.js';
import { channels } from '../market/contagion/index.js';
import { usageError } from './errors.js';

/** What runs when no channel is named. */
const usual = { withExposures: ['clearing', 'fire-sale'], withoutExposures: ['fire-sale'] };

/** Channels that a book and an edge list can feed. */
export const stressChannels: Readonly<Record<string, Channel>> = Object.fromEntries(
  Object.entries(channels as Readonly<Record<string, Channel>>).filter(
    ([, { through }]) => through !== 'shares',
  ),
);

/** Reads `column=return` options. */
export function readShocks(given: readonly string[], { assets }: StressBook): Record<string, number> {
  const known = [...assets, otherColumn];
  const shocks: Record<string, number> = {};
  for (const text of given) {
    const [, column = '', amount = ''] = /^([^=]*)=(.*)$/.exec(text) ?? [];
    if (column === '') throw usageError(`--shock ${text}: write column=return, such as gov_bonds=-0.05`);
    if (!known.includes(column))
      throw usageError(`--shock ${text}: unknown column "${column}"${suggestion(column, known)}`);
    if (Object.hasOwn(shocks, column)) throw usageError(`--shock ${text}: ${column} is given twice`);
    const value = amount.trim() === '' ? NaN : Number(amount);
    if (!(value >= -1 && value < Infinity))
      throw usageError(`--shock ${text}: "${amount}" is not a return of at least -1`);
    shocks[column] = value;
  }
  if (given.length === 0)
    throw usageError(
      '--shock: give at least one, such as --shock gov_bonds=-0.05',
      `columns: ${known.join(', ')}`,
    );
  return shocks;
}

const needsExposures: readonly Medium[] = ['claims', 'funding'];

/** No two may revalue the same thing, and none may lack what it acts on. */
function requireFit(names: readonly string[], hasExposures: boolean): void {
  const taken = new Map<Medium, string>();
  for (const name of names) {
    const { through } = stressChannels[name]!;
    const other = taken.get(through);
    if (other !== undefined)
      throw usageError(
        `--channels: ${other} and ${name} both act through ${through}: one loss would count twice`,
      );
    if (needsExposures.includes(through) && !hasExposures)
      throw usageError(`--channels: ${name} acts through ${through}: give --exposures edges.csv`);
    taken.set(through, name);
  }
}

/** Reads a list of channels, separated by commas; undefined takes the usual ones. */
export function readChannels(
  given: string | undefined,
  hasExposures: boolean,
): Readonly<Record<string, Channel>> {
  const names =
    given?.split(',').map((name) => name.trim()) ??
    (hasExposures ? usual.withExposures : usual.withoutExposures);
  for (const name of names)
    if (!Object.hasOwn(stressChannels, name))
      throw usageError(
        `--channels: unknown channel "${name}"${suggestion(name, Object.keys(stressChannels))}`,
        `channels: ${Object.keys(stressChannels).join(', ')}`,
      );
  requireFit(names, hasExposures);
  return Object.fromEntries(names.map((name) => [name, stressChannels[name]!]));
}
