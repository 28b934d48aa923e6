import { z } from 'zod';
import { namesFor } from '../../core/nearest.js';
import { roster, type Seat } from '../../core/roster.js';
import { field, id } from '../../core/scenario/field.js';
import { theRoster, universe } from '../../core/scenario/names.js';
import type { Problem } from '../../core/scenario/problem.js';
import type { Scenario } from '../../core/scenario.js';
import type { Stage } from '../../core/types.js';

const names = z.array(id).default([]);

export const assetsField = field(
  names,
  'Assets it concerns, by id or class; none named: all of them.',
  'list of names',
);

export const institutionsField = field(
  names,
  'Institutions it concerns, by id or type; none named: all of them.',
  'list of names',
);

/** Indices of the assets that a list of ids and classes names. */
export const assetsOf = (stage: Stage, list: readonly string[]): number[] =>
  stage.assets.flatMap((asset, a) =>
    list.length === 0 || list.includes(asset.id) || list.includes(asset.class) ? [a] : [],
  );

/** Indices of the institutions that a list of ids and types names. */
export const institutionsOf = (stage: Stage, list: readonly string[]): Set<number> =>
  new Set(
    stage.institutions.flatMap(({ id: name, type }, i) =>
      list.length === 0 || list.includes(name) || list.includes(type) ? [i] : [],
    ),
  );

/** What the reader of a record is told that an act concerns. */
export const targetText = (list: readonly string[]): string => (list.length === 0 ? 'all' : list.join(', '));

/** That every name is an asset or a class; the universe stands where the scenario lists its assets. */
export function checkAssets(list: readonly string[], scenario: Scenario): Problem[] {
  if (scenario.market.calibration.prices !== null) return []; // asked again once the universe is known
  const known = new Set(scenario.assets.flatMap((asset) => [asset.id, asset.class]));
  return list.flatMap((word, i) =>
    known.has(word)
      ? []
      : [
          {
            path: ['assets', i],
            message: `"${word}" is neither a listed asset nor a class of one${namesFor(word, known)}`,
            see: universe,
          },
        ],
  );
}

/** That every name is an institution or a type of one. */
export function checkInstitutions(key: string, list: readonly string[], scenario: Scenario): Problem[] {
  const known = new Set([
    ...Object.keys(scenario.institutions.types),
    ...roster(scenario.institutions).map((seat) => seat.id),
  ]);
  return list.flatMap((word, i) =>
    known.has(word)
      ? []
      : [
          {
            path: [key, i],
            message: `"${word}" is neither an institution nor a type of one${namesFor(word, known)}`,
            see: theRoster,
          },
        ],
  );
}

/** Everybody that a list names. */
export const seatsNamed = (list: readonly string[], scenario: Scenario): Seat[] =>
  roster(scenario.institutions).filter(
    ({ id: name, type }) => list.length === 0 || list.includes(name) || list.includes(type),
  );

/** Their ids. */
export const namedSeats = (list: readonly string[], scenario: Scenario): string[] =>
  seatsNamed(list, scenario).map(({ id: name }) => name);

/** All assets that a list names, by id. */
export const namedAssets = (list: readonly string[], scenario: Scenario): string[] =>
  scenario.assets.flatMap((asset) =>
    list.length === 0 || list.includes(asset.id) || list.includes(asset.class) ? [asset.id] : [],
  );

/** The first name that two lists have in common. */
export const common = (one: readonly string[], other: readonly string[]): string | undefined =>
  one.find((name) => other.includes(name));

/** What a rule may concern, and how its options list that. */
export interface Over {
  readonly list: (chosen: Readonly<Record<string, unknown>>) => readonly string[];
  readonly check: (list: readonly string[], scenario: Scenario) => Problem[];
  readonly named: (list: readonly string[], scenario: Scenario) => readonly string[];
}

export const overAssets: Over = {
  list: (chosen) => chosen['assets'] as readonly string[],
  check: checkAssets,
  named: namedAssets,
};

export const overInstitutions: Over = {
  list: (chosen) => chosen['institutions'] as readonly string[],
  check: (list, scenario) => checkInstitutions('institutions', list, scenario),
  named: namedSeats,
};
