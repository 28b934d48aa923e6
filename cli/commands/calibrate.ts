import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parse, stringify } from 'yaml';
import { fewestReturns, longestLag, momentNames } from '../../analysis/calibration/moments.js';
import { profileOf, slicesThrough } from '../../analysis/calibration/profile.js';
import { targetOf } from '../../analysis/calibration/target.js';
import { hashText } from '../../analysis/record/hashing.js';
import { nextGeneration } from '../../coordinator/calibration/search.js';
import type { CalibrationResult, FittedParameter } from '../../analysis/report/calibration.js';
import type { Scenario } from '../../core/scenario.js';
import { tryAll, type Calibration, type Trial } from '../calibration/generation.js';
import { parametersOf, placeOf, valueOf } from '../calibration/parameters.js';
import { readReturns } from '../calibration/read-returns.js';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import { overridesOf, wholeNumber, type Globals, type ScenarioOptions } from '../globals.js';
import { packageVersion } from '../package.js';
import { readScenario } from '../scenario-file.js';
import { replaceFile } from '../sweep/folder.js';
import { writeReport } from '../write-report.js';

interface Options extends Omit<ScenarioOptions, 'seed'>, Globals {
  readonly prices: string;
  readonly budget: number;
  readonly seeds: number;
  readonly workers: number;
  readonly out: string;
}

/** Days of a scenario that is long enough, whether its warm-up is a given number of days or a quarter of them. */
const longEnough = ({ warmUp }: Scenario): number =>
  Math.max(warmUp + fewestReturns, Math.ceil((4 * fewestReturns) / 3));

/** Days after warm-up; refuses fewer than the moments look back. */
function measuredDays(scenario: Scenario): number {
  const measured = scenario.days - scenario.warmUp;
  if (measured >= fewestReturns) return measured;
  throw usageError(
    `${scenario.name}: has ${measured} days after its warm-up of ${scenario.warmUp}; ${fewestReturns} are needed, for moments look back ${longestLag} days: -S days=${longEnough(scenario)}`,
  );
}

/** Points simulated side by side, about. */
const sideBySide = 8;

/** What a budget of runs pays for. */
interface Shares {
  readonly generations: number;
  /** Points of a generation. */
  readonly points: number;
  /** Whether slices through the best point are made, to see which parameters it pins down. */
  readonly isSliced: boolean;
}

/** Shares a budget out: slices take at most half of it, or are left out. */
function shareOut(budget: number, seeds: number, dimensions: number): Shares {
  const all = Math.floor(budget / seeds);
  if (all < 2 * 4)
    throw usageError(`--budget ${budget}: pays for ${all} points of ${seeds} seeds; at least 8 are needed`);
  const slices = slicesThrough(new Array<number>(dimensions).fill(0)).length;
  const isSliced = 2 * slices <= all;
  const points = isSliced ? all - slices : all;
  const generations = Math.max(2, Math.round(points / sideBySide));
  return { generations, points: Math.floor(points / generations), isSliced };
}

const commandOf = ({ scenario, prices, budget, seeds, set, out }: Options): string =>
  [
    'herdscope calibrate',
    ...(scenario === undefined ? [] : [scenario]),
    `--prices ${prices} --budget ${budget} --seeds ${seeds} --out ${out}`,
    ...set.map((assignment) => `-S ${JSON.stringify(assignment)}`),
  ].join(' ');

/** All trials of a search; what is on disk already is not simulated again. */
async function searched(
  calibration: Calibration,
  first: readonly number[],
  { generations, points, isSliced }: Shares,
): Promise<Trial[]> {
  const dimensions = calibration.parameters.map(({ path }) => path);
  const search = { seed: 1, dimensions, generation: points };
  const trials: Trial[] = [];
  for (let g = 0; g < generations; g++) {
    const places = nextGeneration(search, g, generations, trials);
    // The scenario's own values are where the search begins.
    if (g === 0) places[0] = [...first];
    trials.push(...(await tryAll(calibration, places, g)));
  }
  if (isSliced) trials.push(...(await tryAll(calibration, slicesThrough(bestOf(trials).place), generations)));
  return trials;
}

const bestOf = (trials: readonly Trial[]): Trial =>
  trials.reduce((best, trial) => (trial.distance < best.distance ? trial : best));

function fitted(
  { parameters }: Calibration,
  trials: readonly Trial[],
  { isSliced }: Shares,
): FittedParameter[] {
  const [start, best] = [trials[0]!, bestOf(trials)];
  return parameters.map((parameter, d) => {
    const profile = profileOf(trials, d, isSliced);
    return {
      path: parameter.path,
      label: parameter.label,
      start: start.values[d]!,
      best: best.values[d]!,
      from: valueOf(parameter, profile.from),
      to: valueOf(parameter, profile.to),
      profile,
      at: (place) => valueOf(parameter, place),
      scale: parameter.over.scale,
    };
  });
}

/** Sets a dotted path of a tree of mappings. */
function assign(fields: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.');
  let inner = fields;
  for (const key of keys.slice(0, -1)) inner = (inner[key] ??= {}) as Record<string, unknown>;
  inner[keys.at(-1)!] = value;
}

/** A scenario that extends the user's with its overrides and the values found. */
function fittedScenario(
  name: string,
  { scenario, overrides }: Calibration,
  parameters: readonly FittedParameter[],
): string {
  const fields: Record<string, unknown> = {
    extends: scenario === undefined ? 'monoculture/baseline' : resolve(scenario),
    name: `${name}-fitted`,
  };
  for (const assignment of overrides) {
    const at = assignment.indexOf('=');
    assign(fields, assignment.slice(0, at), parse(assignment.slice(at + 1)));
  }
  for (const { path, best } of parameters) assign(fields, path, best);
  return stringify(fields);
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

async function calibrate(options: Options): Promise<void> {
  const { scenario: file, seeds, budget, workers, format } = options;
  const given = overridesOf({ ...options, seed: undefined });
  const { scenario } = readScenario(file, given);
  // Options of a mechanism mean nothing without its name, which a scenario need not give.
  const overrides = [...given, `market.clearing.mechanism=${scenario.market.clearing.mechanism}`];
  const parameters = parametersOf(scenario);
  const shares = shareOut(budget, seeds, parameters.length);
  const target = targetOf(readReturns(options.prices), measuredDays(scenario));
  const command = commandOf(options);
  const identity = JSON.stringify([scenario, target, parameters, shares, seeds]);
  const folder = join(options.out, `calibrate-${scenario.name}-${hashText(identity).slice(0, 8)}`);
  mkdirSync(folder, { recursive: true });
  const calibration: Calibration = {
    scenario: file,
    overrides,
    parameters,
    target,
    seeds,
    folder,
    workers,
    again: command,
    options,
  };
  const first = parameters.map((parameter) => placeOf(parameter, scenario));
  const trials = await searched(calibration, first, shares);
  const result: CalibrationResult = {
    name: scenario.name,
    version: packageVersion,
    command,
    parameters: fitted(calibration, trials, shares),
    tried: trials.map(({ place, distance }) => ({ place, distance })),
    target,
    start: trials[0]!.fit,
    best: bestOf(trials).fit,
    seeds,
  };
  replaceFile(join(folder, 'fitted.yaml'), fittedScenario(scenario.name, calibration, result.parameters));
  // Drawing libraries are slow to load, and nothing before needs them.
  const { calibrationReport, unmatched } = await import('../../analysis/report/calibration.js');
  const report = writeReport(await calibrationReport(result), folder, true);
  const missed = unmatched(result);
  const printed = {
    json: () =>
      JSON.stringify(
        {
          parameters: result.parameters.map(({ path, start, best, from, to, profile }) => ({
            path,
            start,
            best,
            from,
            to,
            identified: profile.identified,
            profile: profile.least,
          })),
          moments: momentNames.map((name, m) => ({
            name,
            real: target.values[m],
            spread: target.spread[m],
            start: result.start.simulated[m],
            best: result.best.simulated[m],
            deviation: result.best.deviations[m],
          })),
          distance: { start: result.start.distance, best: result.best.distance },
          unmatched: missed,
          points: trials.length,
          runs: trials.length * seeds,
          fitted: join(folder, 'fitted.yaml'),
          report,
        },
        null,
        2,
      ),
    text: () =>
      [
        `distance ${short(result.start.distance)} -> ${short(result.best.distance)} over ${trials.length} points`,
        ...result.parameters.map(
          ({ path, start, best, from, to, profile }) =>
            `${path.padEnd(42)}${short(start).padStart(9)} -> ${short(best).padStart(9)}  ${profile.identified ? `${short(from)} to ${short(to)}` : 'not identified'}`,
        ),
        missed.length === 0 ? 'every moment is matched' : `not matched: ${missed.join(', ')}`,
        join(folder, 'fitted.yaml'),
        report,
      ].join('\n'),
  };
  process.stdout.write(`${printed[format]()}\n`);
}

/** `herdscope calibrate`: fits what prices do not show directly by the simulated method of moments. */
export const calibrateCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('scenario', {
        type: 'string',
        describe: 'A YAML file, or a shipped scenario such as monoculture/baseline',
      })
      .option('set', {
        alias: 'S',
        type: 'string',
        array: true,
        nargs: 1,
        default: [] as string[],
        describe: 'Override: path.to.key=value',
      })
      .option('prices', {
        type: 'string',
        demandOption: true,
        describe: 'CSV of dates and prices whose moments are to be matched',
      })
      .option('budget', {
        type: 'number',
        default: 200,
        describe: 'Runs to make at most',
        coerce: wholeNumber('--budget'),
      })
      .option('seeds', {
        type: 'number',
        default: 2,
        describe: 'Runs of each point, with seeds from 1 on',
        coerce: wholeNumber('--seeds'),
      })
      .option('workers', {
        alias: 'j',
        type: 'number',
        default: availableParallelism(),
        defaultDescription: 'as many as the machine has cores',
        describe: 'Worker processes, each making one run at a time',
        coerce: wholeNumber('--workers'),
      })
      .option('out', {
        type: 'string',
        default: 'calibrations',
        describe: 'Folder that the calibration’s own is made in',
      }) as never,
  handler: calibrate,
};
