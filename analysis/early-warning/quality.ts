import { daily, type RunData } from '../run-data.js';
import { warningQuality } from '../measures/systemic/early-warning.js';
import { crises, type CrisisName } from './crises.js';
import { indicatorNames, indicatorsOf } from './indicators.js';

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

/** Does an index of stress, fitted on some seeds, rise before crises on others?
 *
 * Runs are sorted by seed; the first half fits the index, the rest tests it.
 * @source  Kaminsky, Lizondo & Reinhart 1998, IMF Staff Papers 45(1); the measure `early-warning`
 * @pitfall crises of one model: that they are foreseen here says nothing of the world
 */
export function earlyWarningOf(runs: readonly RunData[], crisis: CrisisName, horizons: readonly number[]) {
  const sorted = [...runs].sort((a, b) => a.scenario.seed - b.scenario.seed);
  const half = Math.ceil(sorted.length / 2);
  const paths = sorted.map((run) => pathOf(run, crisis));
  const kept = usable(paths.slice(0, half), paths.slice(half));
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
