import { MeasureInputError } from '../../core/measure.js';
import { daily, type RunData } from '../run-data.js';
import { warningQuality } from '../measures/systemic/early-warning.js';
import { crises, type CrisisName } from './crises.js';
import { indicatorNames, indicatorsOf, lookBack } from './indicators.js';

const pathOf = (run: RunData, crisis: CrisisName) => {
  const { day, rows } = indicatorsOf(run);
  const found = crises[crisis](run);
  const inCrisis = new Map(Array.from(daily(run, 'day'), (t, row) => [t, found[row] === 1 ? 1 : 0]));
  return { indicators: rows, crises: day.map((t) => inCrisis.get(t)! as 0 | 1) };
};

type Path = ReturnType<typeof pathOf>;

/** Indicators that are defined on every day, and vary over the runs that the index is fitted on. */
function usable(train: readonly Path[], test: readonly Path[]): number[] {
  const rows = train.flatMap(({ indicators }) => indicators);
  const defined = (j: number): boolean =>
    [...rows, ...test.flatMap(({ indicators }) => indicators)].every((row) => Number.isFinite(row[j]));
  return [...indicatorNames.keys()].filter((j) => defined(j) && rows.some((row) => row[j] !== rows[0]![j]));
}

/** Every run must have days that the indicators are defined on. */
function requireDays(runs: readonly RunData[], paths: readonly Path[]): void {
  const short = paths.findIndex(({ indicators }) => indicators.length === 0);
  if (short < 0) return;
  const { seed, days } = runs[short]!.scenario;
  const needed = lookBack(runs[short]!) + 1;
  throw new MeasureInputError(
    `the run of seed ${seed} has ${days} days, but indicators start on day ${needed}: they need what came before`,
  );
}

/** Does an index of stress, fitted on some seeds, rise before crises on others?
 *
 * Runs are sorted by seed; the first half fits the index, the rest tests it.
 * @source  Kaminsky, Lizondo & Reinhart 1998, IMF Staff Papers 45(1); the measure `early-warning`
 * @throws {MeasureInputError} where a run is too short for the indicators, or none of them varies
 * @pitfall crises of one model: that they are foreseen here says nothing of the world
 */
export function earlyWarningOf(runs: readonly RunData[], crisis: CrisisName, horizons: readonly number[]) {
  const sorted = [...runs].sort((a, b) => a.scenario.seed - b.scenario.seed);
  const half = Math.ceil(sorted.length / 2);
  const paths = sorted.map((run) => pathOf(run, crisis));
  requireDays(sorted, paths);
  const kept = usable(paths.slice(0, half), paths.slice(half));
  if (kept.length === 0) throw new MeasureInputError('no indicator is defined on every day and varies');
  const reduced = paths.map((path) => ({
    ...path,
    indicators: path.indicators.map((row) => kept.map((j) => row[j]!)),
  }));
  const [train, test] = [reduced.slice(0, half), reduced.slice(half)];
  const { aucByIndicator, ...found } = warningQuality({ train, test, horizons: [...horizons] });
  const seeds = sorted.map(({ scenario }) => scenario.seed);
  return {
    crisis,
    trainSeeds: seeds.slice(0, half),
    testSeeds: seeds.slice(half),
    crisisDays: test.reduce((n, path) => n + path.crises.filter((c) => c === 1).length, 0),
    ...found,
    indicators: kept.map((j, at) => ({ name: indicatorNames[j]!, auc: aucByIndicator[at]! })),
    leftOut: indicatorNames.filter((_, j) => !kept.includes(j)),
  };
}
