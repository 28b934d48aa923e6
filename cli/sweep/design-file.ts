import { existsSync } from 'node:fs';
import type { z } from 'zod';
import { metricNames } from '../../analysis/sweep/metric-names.js';
import { designSchema, type Design } from '../../coordinator/sweep/design.js';
import { suggestion } from '../../core/nearest.js';
import { yamlLayer, type Layer } from '../../core/scenario/layers.js';
import { describe, ScenarioInvalid, type Problem } from '../../core/scenario/problem.js';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import { readText } from '../input-files.js';

/** A design and where it says what. */
export interface DesignFile {
  readonly path: string;
  readonly design: Design;
  readonly exists: (path: string) => boolean;
  readonly placeOf: {
    readonly metric: (name: string) => string;
    /** `file:line:col` of what a point sets a field to. */
    readonly point: (point: number, field: string) => string;
    /** Of a point's weight in a contrast. */
    readonly contrast: (name: string, label: string) => string;
  };
}

type Issue = z.core.$ZodIssue;

const knownKeys = [
  'name',
  'question',
  'scenario',
  'design',
  'over',
  'count',
  'table',
  'replications',
  'metrics',
  'record',
  'contrasts',
];

/** A union's issues are those of the alternative that got furthest. */
function flat(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((i) => i.path.length));
  const [best] = [...issue.errors].sort((a, b) => depth(b) - depth(a));
  return best!.flatMap((inner) => flat({ ...inner, path: [...issue.path, ...inner.path] }));
}

function problemsOf(error: z.ZodError): Problem[] {
  return error.issues.flatMap(flat).flatMap((issue): Problem[] => {
    const path = issue.path as Problem['path'];
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `is not a known key${suggestion(key, knownKeys)}`,
      }));
    return [{ path, message: issue.message }];
  });
}

const unknownMetrics = ({ metrics = [] }: Design): Problem[] =>
  metrics.flatMap((name, i) =>
    metricNames.includes(name)
      ? []
      : [{ path: ['metrics', i], message: `"${name}" is not a measure${suggestion(name, metricNames)}` }],
  );

/** The place of a field of a point is its own cell of a table, else the field's list. */
const placeOf = (layer: Layer, design: Design): DesignFile['placeOf'] => ({
  metric: (name) => layer.locate(['metrics', (design.metrics ?? []).indexOf(name)]).place,
  point: (point, field) =>
    layer.locate(design.design === 'table' ? ['table', point, field] : ['over', field]).place,
  contrast: (name, label) => layer.locate(['contrasts', name, label]).place,
});

function parse(path: string, text: string): DesignFile {
  const layer = yamlLayer(path, text);
  const refuse = (problems: readonly Problem[]): never => {
    throw new ScenarioInvalid(problems.map((p) => ({ ...p, place: layer.locate(p.path).place })));
  };
  const parsed = designSchema.safeParse(layer.value);
  if (!parsed.success) return refuse(problemsOf(parsed.error));
  const design = parsed.data as unknown as Design;
  const unknown = unknownMetrics(design);
  if (unknown.length > 0) return refuse(unknown);
  return { path, design, exists: existsSync, placeOf: placeOf(layer, design) };
}

/** Reads a sweep's YAML file, or leaves with exit code 3 and every problem at its place. */
export function readDesign(path: string): DesignFile {
  const text = readText(path, path);
  try {
    return parse(path, text);
  } catch (error) {
    if (error instanceof ScenarioInvalid)
      throw new CliError(exitCodes.scenario, error.problems.map(describe));
    throw error;
  }
}
