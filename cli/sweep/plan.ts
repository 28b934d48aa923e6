import { dirname, resolve } from 'node:path';
import type { Contrast, SweepPlan } from '../../analysis/sweep/sweep-data.js';
import { hashText } from '../../analysis/record/hashing.js';
import { fieldsOf, pointsOf, type Point } from '../../coordinator/sweep/points.js';
import { ofSingleModels } from '../../analysis/metrics/of-single-models.js';
import { secureOf } from '../../coordinator/secure/index.js';
import { suggestion } from '../../core/nearest.js';
import type { Scenario } from '../../core/scenario.js';
import { valueAtPath } from './value-at-path.js';
import { runName } from '../run-directory.js';
import { readScenario, type LoadedScenario, type Provenance } from '../scenario-file.js';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import { readDesign, type DesignFile } from './design-file.js';
import type { SweepJob } from './engines/engine.js';

/** A sweep ready to run: everything checked, every default written out. */
export interface PlannedSweep {
  readonly plan: SweepPlan;
  /** By point; the seed is the first replication's. */
  readonly scenarios: readonly Scenario[];
  readonly provenance: Provenance | null;
}

/** Measures that a report tests where the design names none. */
const headline = [
  'crowding',
  'volatility',
  'expectedShortfall',
  'forcedSaleDays',
  'informationCoefficient',
  'turnover',
];

const overrides = ({ settings }: Point): string[] =>
  Object.entries(settings).map(([path, value]) => `${path}=${JSON.stringify(value)}`);

/** What is wrong at a point, told at the design's own place for what the design set. */
function placed(file: DesignFile, point: number, settings: Point['settings'], line: string): string {
  const field = Object.keys(settings).find((path) => line.startsWith(`-S ${path}=`));
  if (field === undefined) return line;
  const assignment = `-S ${field}=${JSON.stringify(settings[field])}: `;
  return `${file.placeOf.point(point, field)}: ${line.slice(assignment.length)}`;
}

function load(
  file: DesignFile,
  point: Point,
  index: number,
  faults: Set<string>,
): LoadedScenario | undefined {
  const reference = file.design.scenario;
  const near = resolve(dirname(file.path), reference);
  try {
    return readScenario(file.exists(near) ? near : reference, [
      ...overrides(point),
      `name=${file.design.name}`,
      `record=${file.design.record}`,
    ]);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    for (const line of error.lines) faults.add(placed(file, index, point.settings, line));
    return undefined;
  }
}

/** The design's contrasts by place of their points; a label that no point has, or that two have, is a fault. */
function contrastsOf(
  { design, placeOf }: DesignFile,
  points: readonly Point[],
  faults: Set<string>,
): readonly Contrast[] | undefined {
  const labels = points.map(({ label }) => label);
  const indexOf = (name: string, label: string): number => {
    const known = labels.filter((other) => other === label).length;
    if (known !== 1)
      faults.add(
        `${placeOf.contrast(name, label)}: contrasts.${name}: ${known === 0 ? `"${label}" is the label of no point${suggestion(label, labels)}` : `"${label}" is the label of ${known} points`}`,
      );
    return labels.indexOf(label);
  };
  return (
    design.contrasts &&
    Object.entries(design.contrasts).map(([label, weights]) => ({
      label,
      weights: Object.fromEntries(Object.entries(weights).map(([p, w]) => [indexOf(label, p), w])),
    }))
  );
}

/** Measures that the design asks for, and that a point's coordinator cannot take because it sees sums only. */
function hiddenMeasures(
  { design, placeOf }: DesignFile,
  points: readonly Point[],
  scenarios: readonly Scenario[],
) {
  return (design.metrics ?? [])
    .filter((name) => ofSingleModels.has(name))
    .flatMap((name) =>
      points.flatMap(({ label }, p) =>
        secureOf(scenarios[p]!)
          ? [
              `${placeOf.metric(name)}: metrics: "${name}" needs single updates or models, which federation.secureAggregation "${scenarios[p]!.federation.secureAggregation.protocol}" of the point "${label}" keeps from the coordinator`,
            ]
          : [],
      ),
    );
}

/** What each point's scenario says of the fields of the sweep, whether the point sets them or not. */
const settled = (points: readonly Point[], scenarios: readonly Scenario[]): Point[] => {
  const fields = fieldsOf(points);
  return points.map(({ label }, p) => ({
    label,
    settings: Object.fromEntries(fields.map((field) => [field, valueAtPath(scenarios[p], field)])),
  }));
};

/** A design that is read, and every point of it as its files and the design give it. */
export interface ReadSweep {
  readonly planned: PlannedSweep;
  readonly points: readonly LoadedScenario[];
  /** What is wrong with a point's scenario, told at the design's own place for what the design set. */
  readonly placed: (point: number, line: string) => string;
}

/** Reads a design and resolves every point; refuses all that is wrong before the first run. */
export function readSweep(path: string): ReadSweep {
  const file = readDesign(path);
  const { design } = file;
  const faults = new Set<string>();
  const base = load(file, { label: '', settings: {} }, 0, faults);
  const points = base ? pointsOf(design, base.scenario.seed) : [];
  const loaded = points.map((point, p) => load(file, point, p, faults));
  const contrasts = contrastsOf(file, points, faults);
  if (faults.size > 0) throw new CliError(exitCodes.scenario, [...faults]);
  const scenarios = loaded.map((l) => l!.scenario);
  const hidden = hiddenMeasures(file, points, scenarios);
  if (hidden.length > 0) throw new CliError(exitCodes.scenario, hidden);
  const planned: PlannedSweep = {
    plan: {
      name: design.name,
      question: design.question,
      design: design.design,
      fields: fieldsOf(points),
      replications: design.replications,
      metrics: design.metrics ?? headline,
      points: settled(points, scenarios),
      ...(contrasts ? { contrasts } : {}),
    },
    scenarios,
    provenance: loaded[0]?.provenance ?? null,
  };
  return {
    planned,
    points: loaded.map((l) => l!),
    placed: (point, line) => placed(file, point, points[point]!.settings, line),
  };
}

/** A design as a plan. */
export const planSweep = (path: string): PlannedSweep => readSweep(path).planned;

/** A run's place in its sweep. */
export interface Place {
  readonly point: number;
  readonly replication: number;
  readonly seed: number;
  readonly run: string;
}

/** The scenario of a replication: its seed is the scenario's own plus the replication, at every point. */
export const replicate = (scenario: Scenario, replication: number): Scenario => ({
  ...scenario,
  seed: scenario.seed + replication,
});

/** Every run of a sweep, replication by replication, so that what is finished early compares all points. */
export const placesOf = ({ plan, scenarios }: PlannedSweep): Place[] =>
  Array.from({ length: plan.replications }, (_, replication) =>
    scenarios.map((own, point): Place => {
      const scenario = replicate(own, replication);
      return { point, replication, seed: scenario.seed, run: runName(scenario) };
    }),
  ).flat();

/** The job of a place. */
export const jobAt = (
  { scenarios, provenance }: PlannedSweep,
  { point, replication, run }: Place,
): SweepJob => ({
  run,
  scenario: replicate(scenarios[point]!, replication),
  provenance: provenance ?? undefined,
});

/** What plan.json holds. */
export const planText = (planned: PlannedSweep): string => `${JSON.stringify(planned)}\n`;

/** Name of a sweep's folder. */
export const sweepName = (planned: PlannedSweep): string =>
  `${planned.plan.name}-${hashText(planText(planned)).slice(0, 8)}`;
