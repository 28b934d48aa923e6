import type { Card } from '../realism.js';
import { log } from '../../core/numeric.js';
import { daily, firstMeasuredDay, numbers, type RunData } from '../run-data.js';
import type { Segment, Standardise } from './segment.js';

/** What a market did after its warm-up: of each asset returns and volume, and of the index. */
interface Course {
  readonly index: Float64Array;
  readonly returns: readonly Float64Array[];
  /** Value traded a day; null where nobody traded. */
  readonly volume: readonly Float64Array[] | null;
}

/** A column of the table of assets, one series an asset, from the day before the first measured one. */
function seriesOf(run: RunData, column: string): Float64Array[] {
  const batch = run.tables.assets!;
  const [day, asset, values] = [numbers(batch, 'day'), numbers(batch, 'asset'), numbers(batch, column)];
  const from = firstMeasuredDay(run) - 1;
  const rows = run.scenario.assets.map((): number[] => []);
  day.forEach((d, row) => {
    if (d >= from) rows[asset[row]!]!.push(values[row]!);
  });
  return rows.map((row) => Float64Array.from(row));
}

const differences = (logs: Float64Array): Float64Array => logs.slice(1).map((x, t) => x - logs[t]!);

/** The market as it traded. */
export function marketCourse(run: RunData): Course {
  const prices = seriesOf(run, 'price');
  const units = seriesOf(run, 'volumeUnits');
  return {
    index: daily(run, 'indexReturn', firstMeasuredDay(run)),
    returns: prices.map((series) => differences(series.map((p) => log(p)))),
    volume: units.map((series, k) => series.slice(1).map((u, t) => u * prices[k]![t + 1]!)),
  };
}

/** The same without institutions: value alone, which nobody trades. */
export const newsCourse = (run: RunData): Course => ({
  index: daily(run, 'fundamentalReturn', firstMeasuredDay(run)),
  returns: seriesOf(run, 'fundamental').map(differences),
  volume: null,
});

const total = (series: readonly Float64Array[]): Float64Array =>
  series[0]!.map((_, t) => series.reduce((sum, own) => sum + own[t]!, 0));

const segmentOf = (
  returns: Float64Array,
  volume: Float64Array | null,
  pairs: Segment['pairs'],
  standardise: Standardise,
): Segment => ({ returns, residuals: standardise(returns), volume, pairs });

/** A card from what markets did, one a seed. */
export function cardOf(ids: readonly string[], courses: readonly Course[], standardise: Standardise): Card {
  const index = courses.map(({ index: r, returns, volume }) => {
    const pairs = returns.flatMap((a, i) => returns.slice(0, i).map((b) => [a, b] as const));
    return segmentOf(r, volume && total(volume), pairs, standardise);
  });
  const assets = ids.map((id, k) => ({
    id,
    segments: courses.map(({ returns, volume }) => {
      const own = returns[k]!;
      const pairs = returns.filter((_, j) => j !== k).map((other) => [own, other] as const);
      return segmentOf(own, volume && volume[k]!, pairs, standardise);
    }),
  }));
  return { index, assets };
}
