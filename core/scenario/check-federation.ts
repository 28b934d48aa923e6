import type { Scenario } from '../scenario.js';
import type { ArchitectureExtension, Catalogue, Needs } from './catalogue.js';
import type { Problem } from './problem.js';

const at: Problem['path'] = ['federation', 'aggregation'];

/** What the chosen rule has against the scenario. */
function ownProblems({ federation, ...rest }: Scenario, catalogue: Catalogue): Problem[] {
  const { aggregation } = federation;
  const found = catalogue.aggregations[aggregation.rule]?.check?.(aggregation, { federation, ...rest }) ?? [];
  return found.map(({ beside, ...problem }) => ({
    ...problem,
    path: [...at, ...problem.path],
    ...(beside ? { see: { path: [...at, ...beside], what: 'the other' } } : {}),
  }));
}

/** Why forecasts cannot be pulled anywhere. */
const unpullable = {
  'by refitting': 'and has no gradient that could pull its forecasts towards others',
  'by reward': 'and what it says are positions, no forecasts',
};

/** Why what asks something of architectures does not go with one. */
const lacks: Readonly<Record<Needs, (architecture: ArchitectureExtension) => string | undefined>> = {
  nothing: () => undefined,
  penalties: ({ learns }) =>
    learns === 'by refitting' ? 'has no gradient that a penalty could act on' : undefined,
  forecasts: ({ learns }) =>
    learns === 'by gradient' ? undefined : `learns ${learns}, ${unpullable[learns]}`,
  gradient: ({ learns, trainsApart }) => {
    if (learns !== 'by gradient') return `learns ${learns}, and has no gradient that could be corrected`;
    return trainsApart
      ? 'has parts that train apart, and no one gradient that could be corrected'
      : undefined;
  },
};

/** Why what acts on local training does not go with the architectures. */
function needProblems(
  scenario: Scenario,
  catalogue: Catalogue,
  path: Problem['path'],
  name: string,
  needs: Needs,
) {
  return scenario.learning.architectures.flatMap((chosen): Problem[] => {
    const architecture = catalogue.architectures[chosen.name];
    const why = architecture && lacks[needs](architecture);
    return why === undefined
      ? []
      : [{ path, message: `"${name}" does not go with ${chosen.name}: it ${why}` }];
  });
}

/** What acts on local training, and where it is chosen. */
function trainingProblems(scenario: Scenario, catalogue: Catalogue): Problem[] {
  const { aggregation, personalisation } = scenario.federation;
  const { rule } = aggregation;
  const { method } = personalisation;
  return [
    ...needProblems(
      scenario,
      catalogue,
      ['federation', 'aggregation', 'rule'],
      rule,
      catalogue.aggregations[rule]?.needs ?? 'nothing',
    ),
    ...needProblems(
      scenario,
      catalogue,
      ['federation', 'personalisation', 'method'],
      method,
      catalogue.personalisations[method]?.needs ?? 'nothing',
    ),
  ];
}

/** What the chosen rule, and what else acts on updates, cannot do in this scenario. */
export const checkFederation = (scenario: Scenario, catalogue: Catalogue): Problem[] => [
  ...ownProblems(scenario, catalogue),
  ...trainingProblems(scenario, catalogue),
];
