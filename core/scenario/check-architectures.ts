import type { Scenario } from '../scenario.js';
import type { ArchitectureExtension, Catalogue, Chosen } from './catalogue.js';
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

/** Trees have no mean: forests are bagged, boosted models stay whole. */
function federationProblems([{ name }, { federates }]: Entry, { federation }: Scenario): Problem[] {
  const { rule } = federation.aggregation;
  const trees = federates === 'vote' || federates === 'bagging';
  const problems: Problem[] = [];
  if (trees && rule !== 'fedavg')
    problems.push({
      path: ['federation', 'aggregation', 'rule'],
      message: `"${rule}" works on parameters, and ${name} has trees: only fedavg, which bags them by examples`,
    });
  if (federates === 'vote' && !['local', 'centralised'].includes(federation.membership))
    problems.push({
      path: ['federation', 'membership'],
      message: `"${federation.membership}" would average the trees of ${name}: use local or centralised`,
    });
  return problems;
}

/** Penalties act on gradients: all chosen architectures must have one. */
function penaltyProblems([{ name }, { learns }]: Entry, { learning }: Scenario): Problem[] {
  const { proximal, decorrelation } = learning.penalties;
  const asked = Object.entries({ proximal, decorrelation }).filter(([, weight]) => weight > 0);
  return learns === 'by gradient'
    ? []
    : asked.map(([penalty]) => ({
        path: ['learning', 'penalties', penalty],
        message: `${name} has no gradient that a penalty could act on`,
      }));
}

/** What the chosen architectures cannot do in this scenario. */
export function checkArchitectures(scenario: Scenario, catalogue: Catalogue): Problem[] {
  return scenario.learning.architectures.flatMap((chosen, i) => {
    const extension = catalogue.architectures[chosen.name];
    if (!extension) return [];
    const entry = [chosen, extension] as const;
    const own = ownProblems(entry, scenario).map((problem) => ({
      ...problem,
      path: ['learning', 'architectures', i, ...problem.path],
    }));
    return [...own, ...federationProblems(entry, scenario), ...penaltyProblems(entry, scenario)];
  });
}
