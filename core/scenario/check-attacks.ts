import { roster } from '../roster.js';
import type { Scenario } from '../scenario.js';
import type { AttackExtension, Catalogue } from './catalogue.js';
import { theRoster, unknownName } from './names.js';
import type { Problem } from './problem.js';

type Chosen = Scenario['federation']['attacks'][number];

const at = (index: number, ...path: (string | number)[]): Problem['path'] => [
  'federation',
  'attacks',
  index,
  ...path,
];

/** Who attacks: a share or names, each name an institution's, and of one attack only. */
function attackers(scenario: Scenario, chosen: Chosen, index: number): Problem[] {
  const names = chosen['institutions'] as readonly string[];
  if ((chosen['share'] === null) === (names.length === 0))
    return [{ path: at(index), message: 'says who attacks by a share or by institutions: give one of them' }];
  const known = roster(scenario.institutions).map(({ id }) => id);
  const attacks = scenario.federation.attacks.map((attack) => attack['institutions'] as readonly string[]);
  return names.flatMap((name, i): Problem[] => {
    const path = at(index, 'institutions', i);
    if (!known.includes(name)) return [unknownName(path, name, known, 'an institution', theRoster)];
    const other = attacks.slice(0, index).findIndex((list) => list.includes(name));
    if (other < 0) return [];
    const see = { path: at(other, 'institutions', attacks[other]!.indexOf(name)), what: 'the other' };
    return [{ path, message: `"${name}" attacks already`, see }];
  });
}

/** Rounds of an attack: in the run, and in order. */
function rounds({ days, roundEvery }: Scenario, chosen: Chosen, index: number): Problem[] {
  const [from, to] = [chosen['from'] as number, chosen['to'] as number | null];
  const last = Math.ceil(days / roundEvery);
  if (from > last)
    return [{ path: at(index, 'from'), message: `round ${from} is after the last round, ${last}` }];
  return to !== null && to < from
    ? [{ path: at(index, 'to'), message: `round ${to} is before from, ${from}` }]
    : [];
}

/** Trees and votes are no vectors that one could turn round or scale. */
function targets(scenario: Scenario, catalogue: Catalogue, { kind }: Chosen, index: number): Problem[] {
  const attack: AttackExtension | undefined = catalogue.attacks[kind];
  const message =
    scenario.federation.membership === 'centralised'
      ? `"${kind}" needs institutions that send updates, and federation.membership is centralised`
      : attack?.send === undefined
        ? undefined
        : scenario.learning.architectures
            .filter(({ name }) =>
              ['bagging', 'vote'].includes(catalogue.architectures[name]?.federates ?? ''),
            )
            .map(
              ({ name }) => `"${kind}" does not go with ${name}: what it sends are trees, not a vector`,
            )[0];
  return message === undefined ? [] : [{ path: at(index, 'kind'), message }];
}

/** What attacks have against the scenario, and against each other. */
export const checkAttacks = (scenario: Scenario, catalogue: Catalogue): Problem[] =>
  scenario.federation.attacks.flatMap((chosen, index) => [
    ...attackers(scenario, chosen, index),
    ...rounds(scenario, chosen, index),
    ...targets(scenario, catalogue, chosen, index),
  ]);
