import type { z } from 'zod';
import { suggestion } from '../nearest.js';
import { scenarioSchema, withDerivedDefaults, type Scenario } from '../scenario.js';
import type { Catalogue } from './catalogue.js';
import { check } from './check.js';
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

function place(layers: readonly Layer[], problem: Problem): PlacedProblem {
  let best = { place: '', depth: -1 };
  for (const layer of layers) {
    const found = layer.locate(problem.path);
    if (found.depth >= best.depth) best = found;
  }
  return { ...problem, place: best.place };
}

const valueAt = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key], value);

const shown = (value: unknown): string => {
  const text = JSON.stringify(value) as string | undefined;
  return text === undefined ? 'nothing' : text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

type Issue = z.core.$ZodIssue & { readonly note?: string };

/** The names that were possible where an unknown one was found. */
function known(schema: unknown, path: readonly PropertyKey[]): string[] {
  const json = path.reduce<Record<string, unknown> | undefined>(
    (node, key) => {
      const properties = node?.['properties'] as Record<string, Record<string, unknown>> | undefined;
      const inner = properties?.[String(key)] ?? node?.['additionalProperties'] ?? node?.['items'];
      return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>) : undefined;
    },
    schema as Record<string, unknown>,
  );
  const branches = (json?.['oneOf'] ?? json?.['anyOf'] ?? [json]) as (Record<string, unknown> | undefined)[];
  return [
    ...new Set(
      branches.flatMap((branch) => Object.keys((branch?.['properties'] as object | undefined) ?? {})),
    ),
  ];
}

function explain(issue: Issue, raw: unknown, schema: () => unknown): Problem[] {
  const path = issue.path as (string | number)[];
  const got = shown(valueAt(raw, path));
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `is not a known key${suggestion(key, known(schema(), path))}`,
    }));
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const names = (issue as { options?: unknown[] }).options?.map(String) ?? [];
    return [
      {
        path,
        message: `${got} is not one of ${names.join(', ')}${suggestion(String(valueAt(raw, path)), names)}`,
      },
    ];
  }
  if (issue.code === 'invalid_value') {
    const names = issue.values.map(String);
    return [{ path, message: `${got} is not one of ${names.join(', ')}${suggestion(got, names)}` }];
  }
  return [{ path, message: `${issue.message} (got ${got})` }];
}

/** Reads a scenario, what it extends, and overrides; checks everything, and reports all that is wrong at once.
 *
 * @throws {ScenarioInvalid} with `file:line:col` for every problem
 */
export function loadScenario(
  source: ScenarioSource,
  catalogue: Catalogue,
  read: ReadScenario,
  schemaJson: () => unknown,
): { readonly scenario: Scenario; readonly problem: (problem: Problem) => PlacedProblem } {
  const layers = [...fileLayers(read, source.file, undefined, []), ...source.overrides.map(overrideLayer)];
  const raw = layers.map((layer) => layer.value).reduce((under, over) => merge(under, over));
  const parsed = scenarioSchema(catalogue).safeParse(raw);
  const located = (problem: Problem): PlacedProblem => place(layers, problem);
  if (!parsed.success)
    throw new ScenarioInvalid(
      parsed.error.issues.flatMap((issue) => explain(issue, raw, schemaJson)).map(located),
    );
  const scenario = withDerivedDefaults(parsed.data);
  const problems = check(scenario, catalogue);
  if (problems.length > 0) throw new ScenarioInvalid(problems.map(located));
  return { scenario, problem: located };
}
