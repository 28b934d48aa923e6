import type { Scenario } from '../scenario.js';
import { BLOCK_DAYS } from './market.js';
import { dotted } from './problem.js';
import type { Catalogue } from './catalogue.js';
import { undrawn, unheard } from './training-notes.js';

/** What there is of a history that nothing is drawn from. */
function unread({ market }: Scenario): string[] {
  const { drawn, history, blockDays } = market.fundamentals;
  const at = 'market.fundamentals';
  return [
    ...(drawn === 'factors' && history.length > 0
      ? [`${at}.history: nothing is drawn from its ${history.length} days where drawn is "${drawn}"`]
      : []),
    ...(drawn !== 'bootstrap' && blockDays !== BLOCK_DAYS
      ? [`${at}.blockDays: there are no blocks where drawn is "${drawn}": only a bootstrap draws them`]
      : []),
  ];
}

/** Delays of standbys that there are none of. */
const idle = ({ institutions }: Scenario): string[] =>
  institutions.outages.flatMap(({ failoverDays, redundancy }, i) =>
    failoverDays > 0 && redundancy === 0
      ? [
          `${dotted(['institutions', 'outages', i, 'failoverDays'])}: no standby takes over where redundancy is 0`,
        ]
      : [],
  );

/** How lots are chosen, where no gains are taxed. */
function untaxed({ market: { costs } }: Scenario): string[] {
  if (costs.gainsTaxRate > 0) return [];
  const set = { taxLots: costs.taxLots !== 'fifo', washSaleDays: costs.washSaleDays > 0 };
  return Object.entries(set).flatMap(([key, isSet]) =>
    isSet ? [`market.costs.${key}: no lots are kept where gains are not taxed (gainsTaxRate 0)`] : [],
  );
}

/** A past in common that no model reads. */
function unpretrained({ homogeneity, learning }: Scenario): string[] {
  if (homogeneity.pretraining === 0) return [];
  return learning.historyDays === 0
    ? ['homogeneity.pretraining: there are no days before day 1 (learning.historyDays 0)']
    : [];
}

/** What mandates and interventions have to say of it. */
const ofActs = (scenario: Scenario, catalogue: Catalogue): string[] =>
  (['mandates', 'interventions'] as const).flatMap((key) =>
    scenario[key].flatMap((entry, i) =>
      (catalogue[key][entry.kind]?.notes?.(entry, scenario) ?? []).map(
        (note) => `${key}[${i}] (${entry.kind}): ${note}`,
      ),
    ),
  );

/** What to know of a scenario before it is run, though it may be. */
export const notesOn = (scenario: Scenario, catalogue: Catalogue): string[] => [
  ...unread(scenario),
  ...idle(scenario),
  ...untaxed(scenario),
  ...unpretrained(scenario),
  ...unheard(scenario, catalogue),
  ...undrawn(scenario, catalogue),
  ...ofActs(scenario, catalogue),
];
