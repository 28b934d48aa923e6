import { namesFor } from '../nearest.js';
import type { Scenario } from '../scenario.js';
import type { ArchitectureExtension, Catalogue, Chosen, RegimeExtension } from './catalogue.js';
import { repeated } from './names.js';
import type { Problem } from './problem.js';

type Entry = readonly [chosen: Chosen<'name'>, extension: ArchitectureExtension];

/** Options that contradict each other, and what the architecture itself has against the scenario. */
function ownProblems([chosen, extension]: Entry, scenario: Scenario): Problem[] {
  const options = Object.fromEntries(Object.entries(chosen).filter(([key]) => key !== 'name'));
  const parsed = extension.options.safeParse(options);
  const own = extension.check?.(chosen, scenario) ?? [];
  if (parsed.success) return own;
  const contradictions = parsed.error.issues.map(({ path, message }) => ({
    path: path as (string | number)[],
    message,
  }));
  return [...contradictions, ...own];
}

/** Trees have no mean: forests are bagged tree by tree, boosted models vote as wholes. */
function federationProblems([{ name }, { federates }]: Entry, { federation }: Scenario): Problem[] {
  const { rule } = federation.aggregation;
  const trees = federates === 'vote' || federates === 'bagging';
  const problems: Problem[] = [];
  if (trees && rule !== 'fedavg')
    problems.push({
      path: ['federation', 'aggregation', 'rule'],
      message: `"${rule}" works on parameters, and ${name} has trees: only fedavg, which draws them by examples`,
    });
  return problems;
}

/** Why an architecture that learns in some way does not go with a penalty. */
const deaf: Readonly<Record<ArchitectureExtension['learns'], (penalty: string) => string | undefined>> = {
  'by gradient': () => undefined,
  'by refitting': () => 'has no gradient that a penalty could act on',
  'by reward': (penalty) =>
    penalty === 'decorrelation' ? 'forecasts nothing that could be decorrelated' : undefined,
};

/** Penalties act on gradients, and some on forecasts: all chosen architectures must have them. */
function penaltyProblems([{ name }, { learns }]: Entry, { learning, mandates }: Scenario): Problem[] {
  const { proximal, decorrelation } = learning.penalties;
  const asked = Object.entries({ proximal, decorrelation }).filter(([, weight]) => weight > 0);
  const mandated = mandates.flatMap(({ kind }, i) => (kind === 'decorrelation' ? [i] : []));
  const places = [
    ...asked.map(([penalty]) => ({ penalty, path: ['learning', 'penalties', penalty] })),
    ...mandated.map((i) => ({ penalty: 'decorrelation', path: ['mandates', i, 'kind'] })),
  ];
  return places.flatMap(({ penalty, path }) => {
    const why = deaf[learns](penalty);
    return why === undefined ? [] : [{ path, message: `${name} ${why}` }];
  });
}

/** A policy's positions are no forecasts: only the strategy of that name knows what to do with them. */
function policyProblems([{ name }, { learns }]: Entry, { institutions }: Scenario): Problem[] {
  if (learns !== 'by reward') return [];
  const others = Object.entries(institutions.types).filter(
    ([, { strategy, architectures: own }]) => strategy.name !== 'policy' && (own?.includes(name) ?? true),
  );
  return others.map(([type]) => ({
    path: ['institutions', 'types', type, 'strategy'],
    message: `must be policy where the architecture is ${name}, which says positions, or the type's architectures must leave it out`,
  }));
}

/** Which architectures meet each need of a regime. */
const meets: Readonly<Record<RegimeExtension['needs'], (extension: ArchitectureExtension) => boolean>> = {
  gradient: ({ learns }) => learns === 'by gradient',
  'learned mean': ({ learns, isMeanFixed = false }) => learns !== 'by reward' && !isMeanFixed,
  nothing: () => true,
};

/** Regimes are listed once, and some act on gradients or on what is forecast. */
function regimeProblems({ learning }: Scenario, { regimes, architectures }: Catalogue): Problem[] {
  const names = learning.regimes.map(({ name }) => name);
  const at = (i: number): Problem['path'] => ['learning', 'regimes', i, 'name'];
  const unfitting = names.flatMap((name, i): Problem[] => {
    const path = at(i);
    const needs = regimes[name]?.needs ?? 'nothing';
    const unfit = learning.architectures.find((chosen) => {
      const extension = architectures[chosen.name];
      return extension !== undefined && !meets[needs](extension);
    });
    return unfit ? [{ path, message: `${name} needs a ${needs}, and ${unfit.name} has none` }] : [];
  });
  return [...repeated(names, at), ...unfitting];
}

/** Architectures that a type names must be in use. */
const namedByTypes = ({ institutions, learning }: Scenario): Problem[] => {
  const names = learning.architectures.map(({ name }) => name);
  return Object.entries(institutions.types).flatMap(([type, { architectures = [] }]) =>
    architectures.flatMap((name, i) =>
      names.includes(name)
        ? []
        : [
            {
              path: ['institutions', 'types', type, 'architectures', i],
              message: `"${name}" is not in learning.architectures${namesFor(name, names)}`,
              see: { path: ['learning', 'architectures'], what: 'the architectures' },
            },
          ],
    ),
  );
};

/** What the chosen architectures cannot do in this scenario. */
export function checkArchitectures(scenario: Scenario, catalogue: Catalogue): Problem[] {
  const ofRegimes = regimeProblems(scenario, catalogue);
  const ofArchitectures = scenario.learning.architectures.flatMap((chosen, i) => {
    const extension = catalogue.architectures[chosen.name];
    if (!extension) return [];
    const entry = [chosen, extension] as const;
    const own = ownProblems(entry, scenario).map((problem) => ({
      ...problem,
      path: ['learning', 'architectures', i, ...problem.path],
    }));
    return [
      ...own,
      ...federationProblems(entry, scenario),
      ...penaltyProblems(entry, scenario),
      ...policyProblems(entry, scenario),
    ];
  });
  return [...ofArchitectures, ...ofRegimes, ...namedByTypes(scenario)];
}
