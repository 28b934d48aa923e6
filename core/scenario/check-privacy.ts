import type { Scenario } from '../scenario.js';
import type { Catalogue } from './catalogue.js';
import { examplePrivacyProblems } from './check-example-privacy.js';
import type { Problem } from './problem.js';

const at: Problem['path'] = ['federation', 'privacy', 'mechanism'];

/** What the mechanism has against its own options. */
const ownProblems = (scenario: Scenario, catalogue: Catalogue): Problem[] => {
  const { privacy } = scenario.federation;
  const found = catalogue.privacies[privacy.mechanism]?.check?.(privacy, scenario) ?? [];
  return found.map(({ beside, ...problem }) => ({
    ...problem,
    path: ['federation', 'privacy', ...problem.path],
    ...(beside ? { see: { path: ['federation', 'privacy', ...beside], what: 'the other' } } : {}),
  }));
};

/** Why only a sum over a federation's updates does not go with the scenario's rule, architectures or lateness. */
export function sumProblems(
  { federation, learning }: Scenario,
  catalogue: Catalogue,
  path: Problem['path'],
  name: string,
): Problem[] {
  const { rule } = federation.aggregation;
  const { needsIndividualUpdates, extras } = catalogue.aggregations[rule]!;
  const see = { path: ['federation', 'aggregation', 'rule'], what: 'the rule' };
  const refused = (message: string, more: Partial<Problem> = {}): Problem => ({
    path,
    message: `"${name}" ${message}`,
    ...more,
  });
  const trees = learning.architectures.filter(({ name: architecture }) =>
    ['bagging', 'vote'].includes(catalogue.architectures[architecture]?.federates ?? ''),
  );
  return [
    ...(needsIndividualUpdates || extras.length > 0
      ? [refused(`gives a rule the sum of updates only, and "${rule}" needs each of them`, { see })]
      : []),
    ...(federation.participation.lateShare > 0
      ? [
          refused(
            'sums up the updates of one round, and federation.participation.lateShare lets some come later',
          ),
        ]
      : []),
    ...(federation.membership === 'centralised'
      ? [
          refused(
            'hides an institution among others, and with federation.membership centralised a pool is alone',
          ),
        ]
      : []),
    ...trees.map((tree) => refused(`does not go with ${tree.name}: trees have no sum`)),
  ];
}

/** What the chosen way of privacy has against the scenario. */
export function checkPrivacy(scenario: Scenario, catalogue: Catalogue): Problem[] {
  const { mechanism } = scenario.federation.privacy;
  const { noise, training } = catalogue.privacies[mechanism] ?? {};
  if (training)
    return [...ownProblems(scenario, catalogue), ...examplePrivacyProblems(scenario, catalogue, at)];
  if (noise === undefined) return [];
  return [...ownProblems(scenario, catalogue), ...sumProblems(scenario, catalogue, at, mechanism)];
}

/** What would have to see single updates, or models, beside a coordinator that sees sums only. */
function individualProblems(
  { federation, record }: Scenario,
  catalogue: Catalogue,
  path: Problem['path'],
  name: string,
): Problem[] {
  const hides = `"${name}" keeps single updates from the coordinator`;
  const attacks = federation.attacks.flatMap(({ kind }, i): Problem[] =>
    catalogue.attacks[kind]?.send === undefined
      ? []
      : [
          {
            path,
            message: `${hides}, where attack "${kind}" would change them`,
            see: { path: ['federation', 'attacks', i], what: 'the attack' },
          },
        ],
  );
  return [
    ...attacks,
    ...(record === 'full'
      ? [{ path, message: `${hides}, and record "full" would hold them: standard has no table updates` }]
      : []),
    ...(federation.probes > 0
      ? [
          {
            path,
            message: `${hides}, and federation.probes ${federation.probes} ask every model for forecasts that give it away: set it to 0`,
          },
        ]
      : []),
    ...(federation.membership === 'local'
      ? [{ path, message: `${hides}, and with federation.membership local a sum is one update` }]
      : []),
  ];
}

/** What the chosen way to keep updates from the coordinator has against the scenario. */
export function checkSecureAggregation(scenario: Scenario, catalogue: Catalogue): Problem[] {
  const { protocol } = scenario.federation.secureAggregation;
  if (!catalogue.secureAggregations[protocol]?.sums) return [];
  const path = ['federation', 'secureAggregation', 'protocol'];
  return [
    ...sumProblems(scenario, catalogue, path, protocol),
    ...individualProblems(scenario, catalogue, path, protocol),
  ];
}

/** What compression does not go with: bounds that rounding would break, masks that fill every number, trees. */
export function checkCompression({ federation, learning }: Scenario, catalogue: Catalogue): Problem[] {
  const { method } = federation.compression;
  if (method === 'none') return [];
  const { mechanism } = federation.privacy;
  const { protocol } = federation.secureAggregation;
  const refused = (message: string): Problem => ({
    path: ['federation', 'compression', 'method'],
    message: `"${method}" ${message}`,
  });
  const trees = learning.architectures.filter(({ name }) =>
    ['bagging', 'vote'].includes(catalogue.architectures[name]?.federates ?? ''),
  );
  return [
    ...(catalogue.privacies[mechanism]?.noise === undefined
      ? []
      : [refused(`changes the length of updates, which "${mechanism}" bounds`)]),
    ...(catalogue.secureAggregations[protocol]?.sums
      ? [refused(`leaves nothing to save beside "${protocol}": masks fill every number`)]
      : []),
    ...trees.map(({ name }) => refused(`does not go with ${name}: trees cannot be rounded or left out`)),
  ];
}
