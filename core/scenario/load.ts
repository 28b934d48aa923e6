import { scenarioSchema, withDerivedDefaults, type Scenario } from '../scenario.js';
import type { Catalogue } from './catalogue.js';
import { check } from './check.js';
import { explain, placed } from './explain.js';
import { follows } from './follows.js';
import { mended } from './mend.js';
import { merge, overrideLayer, yamlLayer, type Layer } from './layers.js';
import { ScenarioInvalid, type PlacedProblem, type Problem } from './problem.js';

/** A scenario's text and the name to report it by; `reference` is relative to the file that extends it. */
export type ReadScenario = (
  reference: string,
  from: string | undefined,
) => { readonly name: string; readonly text: string };

export interface ScenarioSource {
  /** File to start from. */
  readonly file: string;
  /** Assignments `path.to.key=value`, later ones win. */
  readonly overrides: readonly string[];
}

/** The file and all that it extends, the most basic first. */
function fileLayers(
  read: ReadScenario,
  reference: string,
  from: string | undefined,
  seen: readonly string[],
): Layer[] {
  const { name, text } = read(reference, from);
  if (seen.includes(name))
    throw new ScenarioInvalid([
      { place: `${name}:1:1`, path: ['extends'], message: `extends itself: ${[...seen, name].join(' -> ')}` },
    ]);
  const layer = yamlLayer(name, text);
  const { extends: base, ...rest } = layer.value as Record<string, unknown>;
  if (base === undefined) return [layer];
  if (typeof base !== 'string')
    throw new ScenarioInvalid([
      {
        place: layer.locate(['extends']).place,
        path: ['extends'],
        message: 'must be the path of a scenario',
      },
    ]);
  return [...fileLayers(read, base, name, [...seen, name]), { ...layer, value: rest }];
}

/** A scenario as far as it could be read: with problems, it is what is left without the values that are wrong. */
export interface Loaded {
  readonly scenario: Scenario | undefined;
  readonly problems: readonly PlacedProblem[];
  /** Finds the place of a further problem. */
  readonly place: (problem: Problem) => PlacedProblem;
  /** Further problems at their places, but none that follow from what is told already. */
  readonly further: (problems: readonly Problem[]) => readonly PlacedProblem[];
}

/** Reads a scenario, what it extends, and overrides; checks everything, and tells all that is wrong at once,
 * each problem with `file:line:col`.
 *
 * @throws {ScenarioInvalid} where there is nothing to check: no file, no YAML, a circle of `extends`
 */
export function loadScenario(
  source: ScenarioSource,
  catalogue: Catalogue,
  read: ReadScenario,
  schemaJson: () => unknown,
): Loaded {
  const layers = [
    ...fileLayers(read, source.file, undefined, []),
    ...source.overrides.map((assignment) => overrideLayer(assignment)),
  ];
  const raw = layers.map((layer) => layer.value).reduce((under, over) => merge(under, over));
  const schema = scenarioSchema(catalogue);
  const parsed = schema.safeParse(raw);
  const wrong = parsed.success ? [] : parsed.error.issues.flatMap((issue) => explain(issue, raw, schemaJson));
  const left = parsed.success
    ? { data: parsed.data, taken: [], origin: (path: Problem['path']) => path }
    : mended(schema, raw, { name: 'nameless' });
  const scenario = left && withDerivedDefaults(left.data);
  const place = (problem: Problem): PlacedProblem => placed(layers, problem);
  const further = (problems: readonly Problem[]): PlacedProblem[] =>
    left === undefined
      ? []
      : problems
          .map((problem) => moved(problem, left.origin))
          .filter((problem) => !follows(problem, left.taken))
          .map(place);
  const contradictions = scenario ? further(check(scenario, catalogue)) : [];
  return { scenario, problems: [...wrong.map(place), ...contradictions], place, further };
}

/** A problem with every path that it tells of changed. */
const moved = (
  { path, see, on, ...rest }: Problem,
  to: (path: Problem['path']) => Problem['path'],
): Problem => ({
  ...rest,
  path: to(path),
  ...(see ? { see: { ...see, path: to(see.path), ...(see.or ? { or: see.or.map(to) } : {}) } } : {}),
  ...(on ? { on: on.map(to) } : {}),
});
