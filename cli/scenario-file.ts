import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check } from '../core/scenario/check.js';
import { loadScenario } from '../core/scenario/load.js';
import { describe, ScenarioInvalid, type Problem } from '../core/scenario/problem.js';
import type { Scenario } from '../core/scenario.js';
import { estimateUniverse, withUniverse } from '../market/calibration.js';
import { catalogue } from './catalogue.js';
import { CliError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { scenarioJsonSchema } from './scenario-schema.js';
import { hashText } from '../analysis/record/hashing.js';

/** The package's own folder, whether run from source or from `dist`. */
export const packageRoot = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(resolve(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

/** What `run` takes when no file is named. */
export const defaultScenario = resolve(packageRoot, 'scenarios/monoculture/baseline.yaml');

const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
};

function invalid(place: string, message: string): ScenarioInvalid {
  return new ScenarioInvalid([{ place, path: [], message }]);
}

/** The text of a file; one that is missing, a folder, or not text is a problem of the scenario. */
function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason =
      error instanceof TypeError
        ? 'is not UTF-8 text'
        : code === 'ENOENT'
          ? 'does not exist'
          : `cannot be read (${code ?? 'unknown reason'})`;
    throw invalid(shown(path), reason);
  }
}

/** A reference to a scenario: a path from the file that names it (or from here), or a shipped one such as `monoculture/baseline`. */
function locate(reference: string, from: string | undefined): string {
  const near = resolve(from === undefined ? process.cwd() : dirname(from), reference);
  const shipped = resolve(packageRoot, 'scenarios', reference);
  return [near, shipped, `${shipped}.yaml`].find((path) => existsSync(path)) ?? near;
}

/** Where a run's universe came from, when it was estimated. */
export interface Provenance {
  readonly prices: string;
  readonly sha256: string;
  /** What to know about the data. */
  readonly notes: readonly string[];
}

export interface LoadedScenario {
  readonly scenario: Scenario;
  readonly provenance: Provenance | undefined;
}

/** Replaces the universe by the one estimated from the scenario's price file. */
function calibrate(scenario: Scenario, base: string, place: (problem: Problem) => string): LoadedScenario {
  const { prices } = scenario.market.calibration;
  if (prices === null) return { scenario, provenance: undefined };
  const at = place({ path: ['market', 'calibration', 'prices'], message: '' });
  const path = resolve(at.startsWith('-S') ? process.cwd() : base, prices);
  const text = readText(path);
  const estimated = estimateUniverse(text, scenario);
  if (estimated.problems.length > 0)
    throw new ScenarioInvalid(estimated.problems.map((p) => ({ ...p, place: `${shown(path)}` })));
  const resolved = withUniverse(scenario, estimated);
  return { scenario: resolved, provenance: { prices, sha256: hashText(text), notes: estimated.notes } };
}

/** Loads a scenario with overrides, or leaves with exit code 3 and every problem at its place. */
export function readScenario(file: string | undefined, overrides: readonly string[]): LoadedScenario {
  const start = file ?? defaultScenario;
  const path = locate(start, undefined);
  try {
    const read = (reference: string, from: string | undefined): { name: string; text: string } => {
      const found = from === undefined ? path : locate(reference, resolve(from));
      return { name: shown(found), text: readText(found) };
    };
    const { scenario, problem } = loadScenario(
      { file: path, overrides },
      catalogue,
      read,
      scenarioJsonSchema,
    );
    const loaded = calibrate(scenario, dirname(path), (p) => problem(p).place);
    const late = loaded.provenance ? check(loaded.scenario, catalogue) : [];
    if (late.length > 0) throw new ScenarioInvalid(late.map(problem));
    return loaded;
  } catch (error) {
    if (error instanceof ScenarioInvalid)
      throw new CliError(exitCodes.scenario, error.problems.map(describe));
    throw error;
  }
}
