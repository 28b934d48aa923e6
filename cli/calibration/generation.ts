import { join } from 'node:path';
import { fitOf, type Fit } from '../../analysis/calibration/distance.js';
import { momentsOf } from '../../analysis/calibration/moments.js';
import type { Target } from '../../analysis/calibration/target.js';
import { daily, firstMeasuredDay } from '../../analysis/run-data.js';
import type { Scenario } from '../../core/scenario.js';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Globals } from '../globals.js';
import { readRun } from '../run-data.js';
import { readScenario } from '../scenario-file.js';
import { isDone } from '../sweep/collect.js';
import { conduct } from '../sweep/conduct.js';
import { engines } from '../sweep/engines/index.js';
import { placesOf, type PlannedSweep } from '../sweep/plan.js';
import { valueOf, type Parameter } from './parameters.js';

/** A point of parameters and what its runs came to. */
export interface Trial {
  readonly place: readonly number[];
  readonly values: readonly number[];
  readonly fit: Fit;
  readonly distance: number;
}

/** What all generations of a calibration share. */
export interface Calibration {
  readonly scenario: string | undefined;
  readonly overrides: readonly string[];
  readonly parameters: readonly Parameter[];
  readonly target: Target;
  readonly seeds: number;
  readonly folder: string;
  readonly workers: number;
  readonly again: string;
  readonly options: Globals;
}

const settings = (parameters: readonly Parameter[], place: readonly number[]): string[] =>
  parameters.map((parameter, d) => `${parameter.path}=${valueOf(parameter, place[d]!)}`);

const at = ({ scenario, overrides, parameters }: Calibration, place: readonly number[]): Scenario =>
  readScenario(scenario, [...overrides, ...settings(parameters, place), 'seed=1', 'record=minimal']).scenario;

function planOf(calibration: Calibration, places: readonly (readonly number[])[], g: number): PlannedSweep {
  const scenarios = places.map((place) => at(calibration, place));
  return {
    plan: {
      name: `calibrate-${scenarios[0]!.name}`,
      question: 'Which parameters give the moments of the real series?',
      design: 'calibration',
      fields: calibration.parameters.map(({ path }) => path),
      replications: calibration.seeds,
      metrics: [],
      points: places.map((_, p) => ({ label: `generation ${g + 1}, point ${p + 1}`, settings: {} })),
    },
    scenarios,
    provenance: null,
  };
}

async function trialOf(
  { parameters, target }: Calibration,
  folder: string,
  planned: PlannedSweep,
  place: readonly number[],
  point: number,
): Promise<Trial> {
  const places = placesOf(planned).filter((p) => p.point === point && isDone(folder, p));
  const bySeed = await Promise.all(
    places.map(async ({ run }) => {
      const data = await readRun(join(folder, 'runs', run), '');
      return momentsOf(daily(data, 'indexReturn', firstMeasuredDay(data)));
    }),
  );
  const fit = fitOf(bySeed, target);
  return { place, values: parameters.map((p, d) => valueOf(p, place[d]!)), fit, distance: fit.distance };
}

/** Simulates the points of a generation that are not there yet, and says how far each is from the target. */
export async function tryAll(
  calibration: Calibration,
  places: readonly (readonly number[])[],
  g: number,
): Promise<Trial[]> {
  const folder = join(calibration.folder, `generation-${String(g + 1).padStart(2, '0')}`);
  const planned = planOf(calibration, places, g);
  const { workers, again, options } = calibration;
  const engine = engines.local({ workers });
  const { published, failures } = await conduct(
    { planned, folder, engine, shard: undefined, again, options },
    () => Promise.all(places.map((place, point) => trialOf(calibration, folder, planned, place, point))),
  );
  if (failures.length === placesOf(planned).length)
    throw new CliError(exitCodes.sweep, [`no run of ${folder} finished; failures.jsonl there says why`]);
  return published;
}
