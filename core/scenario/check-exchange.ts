import type { Scenario } from '../scenario.js';
import type { Catalogue } from './catalogue.js';
import type { Problem } from './problem.js';

const at: Problem['path'] = ['federation', 'aggregation', 'rule'];

/** A membership that spans architectures needs something that models of all of them have. */
function spanProblems({ federation }: Scenario): Problem[] {
  const message =
    `"all" brings architectures together that have no parameters in common, and ` +
    `"${federation.aggregation.rule}" works on parameters: fedmd exchanges forecasts`;
  return federation.membership === 'all'
    ? [{ path: ['federation', 'membership'], message, see: { path: at, what: 'the rule' } }]
    : [];
}

/** What works on updates of parameters, and where it is chosen. */
function actsOnParameters({ federation, learning, mandates }: Scenario, catalogue: Catalogue) {
  const { privacy, secureAggregation, compression, personalisation, attacks } = federation;
  const chosen: readonly (readonly [name: string, ...path: Problem['path']])[] = [
    ...(catalogue.privacies[privacy.mechanism]?.noise
      ? [[privacy.mechanism, 'federation', 'privacy', 'mechanism'] as const]
      : []),
    [secureAggregation.protocol, 'federation', 'secureAggregation', 'protocol'],
    [compression.method, 'federation', 'compression', 'method'],
    [personalisation.method, 'federation', 'personalisation', 'method'],
    ...attacks.flatMap(({ kind }, i) =>
      catalogue.attacks[kind]?.send ? [[kind, 'federation', 'attacks', i, 'kind'] as const] : [],
    ),
    ...mandates.flatMap(({ kind }, i) =>
      kind === 'mixing-cap' ? [[kind, 'mandates', i, 'kind'] as const] : [],
    ),
    ...(learning.penalties.proximal > 0 ? [['proximal', 'learning', 'penalties', 'proximal'] as const] : []),
  ];
  return chosen.filter(([name]) => name !== 'none');
}

/** Whom forecasts cannot be exchanged among. */
const alone: Readonly<Partial<Record<Scenario['federation']['membership'], string>>> = {
  local: 'with federation.membership local a consensus is one’s own forecasts',
  centralised: 'with federation.membership centralised a pool is alone with its forecasts',
};

/** What a rule that exchanges forecasts, or a membership of all architectures, has against the scenario. */
export function checkExchange(scenario: Scenario, catalogue: Catalogue): Problem[] {
  const { rule } = scenario.federation.aggregation;
  const { membership, probes } = scenario.federation;
  if (catalogue.aggregations[rule]?.digest === undefined) return spanProblems(scenario);
  const refused = (message: string, more: Partial<Problem> = {}): Problem => ({
    path: at,
    message: `"${rule}" ${message}`,
    ...more,
  });
  return [
    ...actsOnParameters(scenario, catalogue).map(([name, ...path]) =>
      refused(`sends forecasts, and "${name}" acts on parameters`, { see: { path, what: `"${name}"` } }),
    ),
    ...(alone[membership] ? [refused(`needs several to agree, and ${alone[membership]}`)] : []),
    ...(probes < 2
      ? [refused(`needs public probes to forecast: federation.probes ${probes} must be at least 2`)]
      : []),
  ];
}
