import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { check } from '../core/scenario/check.js';
import { loadScenario, type Loaded } from '../core/scenario/load.js';
import { universe } from '../core/scenario/names.js';
import { describe, ScenarioInvalid, type PlacedProblem, type Problem } from '../core/scenario/problem.js';
import type { Scenario } from '../core/scenario.js';
import { roster } from '../core/roster.js';
import { estimateUniverse, withUniverse } from '../market/calibration.js';
import { readExposures } from '../market/contagion/exposure-files.js';
import { claimsOf } from '../market/exposures/given.js';
import { catalogue } from './catalogue.js';
import { CliError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { readingFault } from './input-files.js';
import { packageRoot } from './package.js';
import { scenarioJsonSchema } from './scenario-schema.js';
import { hashText } from '../analysis/record/hashing.js';

/** What `run` takes when no file is named. */
export const defaultScenario = resolve(packageRoot, 'scenarios/monoculture/baseline.yaml');

const shown = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') ? path : near;
};

type Place = Loaded['place'];
type Lines = Pick<Loaded, 'place' | 'further'>;

function invalid(place: string, message: string): ScenarioInvalid {
  return new ScenarioInvalid([{ place, path: [], message }]);
}

/** The text of a file; one that is missing, a folder, or not text is a problem of the scenario. */
function readText(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    throw invalid(shown(path), readingFault(error));
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

interface Calibrated {
  readonly scenario: Scenario;
  readonly provenance: Provenance | undefined;
  readonly problems: readonly PlacedProblem[];
}

export interface LoadedScenario extends Omit<Calibrated, 'problems'> {
  /** Where something in it was written. */
  readonly place: Place;
}

/** The path of a file that a scenario names: relative to the scenario, or to here where an override names it. */
function fileAt(path: Problem['path'], reference: string, base: string, place: Place): string {
  const from = place({ path, message: '' }).place.startsWith('-S') ? process.cwd() : base;
  return resolve(from, reference);
}

const pricesAt = ['market', 'calibration', 'prices'];

/** Where the universe comes from a price file, that is where a problem points. */
const fromPrices = (problem: Problem, file: string): Problem =>
  problem.see === universe
    ? { ...problem, see: { path: pricesAt, what: `the universe, from ${file}` } }
    : problem;

/** Replaces the universe by the one estimated from the scenario's price file. */
function calibrate(scenario: Scenario, base: string, { place, further }: Lines): Calibrated {
  const { prices } = scenario.market.calibration;
  if (prices === null) return { scenario, provenance: undefined, problems: [] };
  const path = fileAt(pricesAt, prices, base, place);
  const text = readText(path);
  const estimated = estimateUniverse(text, scenario);
  const problems = estimated.problems.map((p) => ({ ...p, place: shown(path) }));
  if (problems.length > 0) return { scenario, provenance: undefined, problems };
  const resolved = withUniverse(scenario, estimated);
  const provenance = { prices, sha256: hashText(text), notes: estimated.notes };
  const contradictions = check(resolved, catalogue).map((problem) => fromPrices(problem, shown(path)));
  return { scenario: resolved, provenance, problems: further(contradictions) };
}

const exposuresAt = ['contagion', 'exposures', 'file'];

/** Replaces the scenario's claims by those of its file of exposures. */
function fillExposures(scenario: Scenario, base: string, { place }: Lines): Calibrated {
  const { contagion } = scenario;
  const { file } = contagion.exposures;
  if (typeof file !== 'string') return { scenario, provenance: undefined, problems: [] };
  const path = fileAt(exposuresAt, file, base, place);
  const ids = roster(scenario.institutions).map(({ id }) => id);
  const text = readText(path);
  try {
    const exposures = {
      ...contagion.exposures,
      file: null,
      claims: claimsOf(readExposures(text, path, ids), ids),
    };
    return {
      scenario: { ...scenario, contagion: { ...contagion, exposures } },
      provenance: undefined,
      problems: [],
    };
  } catch (error) {
    if (error instanceof RangeError) throw invalid(shown(path), error.message);
    throw error;
  }
}

type Fill = typeof calibrate;

/** What a file gives, or that it cannot be read, told where the scenario names it. */
const filled =
  (at: Problem['path'], fill: Fill): Fill =>
  (scenario, base, lines) => {
    try {
      return fill(scenario, base, lines);
    } catch (error) {
      if (!(error instanceof ScenarioInvalid)) throw error;
      const problems = error.problems.map((p) =>
        lines.place({ path: at, message: `${p.place} ${p.message}` }),
      );
      return { scenario, provenance: undefined, problems };
    }
  };

/** A scenario with everything that its files hold. */
function withFiles(scenario: Scenario, base: string, lines: Lines): Calibrated {
  const claims = filled(exposuresAt, fillExposures)(scenario, base, lines);
  const prices = filled(pricesAt, calibrate)(claims.scenario, base, lines);
  return { ...prices, problems: [...claims.problems, ...prices.problems] };
}

function load(path: string, overrides: readonly string[]): LoadedScenario {
  const read = (reference: string, from: string | undefined): { name: string; text: string } => {
    const found = from === undefined ? path : locate(reference, resolve(from));
    return { name: shown(found), text: readText(found) };
  };
  const source = { file: path, overrides };
  const { scenario, problems, ...lines } = loadScenario(source, catalogue, read, scenarioJsonSchema);
  const complete = scenario && withFiles(scenario, dirname(path), lines);
  const all = [...problems, ...(complete?.problems ?? [])];
  if (!complete || all.length > 0) throw new ScenarioInvalid(all);
  return { ...complete, place: lines.place };
}

/** Loads a scenario with overrides, or leaves with exit code 3 and every problem at its place. */
export function readScenario(file: string | undefined, overrides: readonly string[]): LoadedScenario {
  try {
    return load(locate(file ?? defaultScenario, undefined), overrides);
  } catch (error) {
    if (error instanceof ScenarioInvalid)
      throw new CliError(exitCodes.scenario, [...new Set(error.problems.map(describe))]);
    throw error;
  }
}
