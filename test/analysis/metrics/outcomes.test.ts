import { expect } from 'chai';
import { jointStatistics } from '../../../analysis/metrics/joint-statistics.js';
import type { RunData } from '../../../analysis/run-data.js';
import { measures } from '../../../cli/measures.js';
import type { TableName } from '../../../core/events.js';
import { pow } from '../../../core/numeric.js';
import { stream } from '../../../core/random.js';
import { smallScenario } from '../../small-run.js';
import { tableOf } from '../synthetic-run.js';

const scenario = smallScenario({ days: 60, warmUp: 2 });
const assets = scenario.assets.length;
const last = 60;
const horizon = scenario.tradeEvery;

interface Made {
  readonly forecast: (seat: number, day: number, asset: number) => number;
  readonly units: (seat: number, day: number, asset: number) => number;
}

/** A run of so many institutions with prices that wander, and what they expected and held. */
function made(
  seats: number,
  { forecast, units }: Made,
): { readonly run: RunData; readonly price: number[][] } {
  const draw = stream({ seed: 8, purpose: 'test-prices' });
  const price = [Array.from({ length: assets }, () => 100)];
  for (let day = 1; day <= last; day++)
    price.push(price[day - 1]!.map((p) => p * (1 + 0.01 * draw.normal())));
  const cells = (of: Made['units'], column: string) =>
    price.flatMap((_, day) =>
      Array.from({ length: seats * assets }, (_c, at) => {
        const [institution, asset] = [Math.floor(at / assets), at % assets];
        return { day, institution, asset, [column]: of(institution, day, asset) };
      }),
    );
  const closes = price.flatMap((row, day) => row.map((p, asset) => ({ day, asset, price: p })));
  const rows: [TableName, Record<string, number>[]][] = [
    ['days', price.map((_, day) => ({ day }))],
    ['assets', closes],
    ['forecasts', cells(forecast, 'mean')],
    ['positions', cells(units, 'units')],
  ];
  const run = {
    scenario,
    roster: Array.from({ length: seats }, (_, i) => ({ id: `bank-${i}`, type: 'bank', architecture: 'mlp' })),
    tables: Object.fromEntries(rows.map(([name, of]) => [name, tableOf(name, of)])),
    notices: [],
    command: '',
    version: '0',
  } satisfies RunData;
  return { run, price };
}

/** A statistic over all measured days. */
const over = (run: RunData, name: string): number =>
  jointStatistics(run)[name]!.statistic(Int32Array.from({ length: last - scenario.warmUp }, (_, t) => t));

describe('outcomes of forecasts and of holdings', () => {
  const draw = stream({ seed: 9, purpose: 'test-outcomes' });
  const noise = Array.from({ length: 12 * (last + 1) * assets }, () => draw.normal());
  const own = (seat: number, day: number, asset: number): number =>
    Math.fround(noise[(seat * (last + 1) + day) * assets + asset]!);

  it('error, mean error and ambiguity are those of herdscope measure ambiguity', () => {
    const { run, price } = made(4, { forecast: own, units: () => 1 });
    const days = Array.from({ length: last - horizon - scenario.warmUp }, (_, t) => scenario.warmUp + 1 + t);
    const cells = days.flatMap((day) => Array.from({ length: assets }, (_, asset) => [day, asset] as const));
    const { meanError, ensembleError, ambiguity } = measures['ambiguity']!.compute({
      forecasts: [0, 1, 2, 3].map((seat) => cells.map(([day, asset]) => own(seat, day, asset))),
      target: cells.map(([day, asset]) => {
        const calm = scenario.assets[asset]!.volatility * Math.sqrt(horizon / 252);
        return (price[day + horizon]![asset]! / price[day]![asset]! - 1) / calm;
      }),
    } as never) as Record<string, number>;
    expect(over(run, 'meanForecastError')).closeTo(meanError!, 1e-9);
    expect(over(run, 'ensembleForecastError')).closeTo(ensembleError!, 1e-9);
    expect(over(run, 'forecastAmbiguity')).closeTo(ambiguity!, 1e-9);
  });

  it('holdings of one market lose together, and the baseline is the Poisson-binomial law of their rates', () => {
    const { run, price } = made(12, { forecast: () => 1, units: (_, __, asset) => (asset === 0 ? 1 : 0) });
    const falls = price.map((row, day) => (day > 0 && row[0]! < price[day - 1]![0]! ? 1 : 0));
    const rate =
      falls.slice(scenario.warmUp + 1).reduce<number>((a, b) => a + b, 0) / (last - scenario.warmUp);
    expect(over(run, 'widespreadLosses')).closeTo(rate, 1e-12);
    const binomial = (k: number): number => {
      const ways = [1, 12][12 - k]!;
      return ways * pow(rate, k) * pow(1 - rate, 12 - k);
    };
    expect(over(run, 'widespreadLossesIfIndependent')).closeTo(binomial(11) + binomial(12), 1e-12);
    expect(over(run, 'lossHomogenization')).closeTo(1 / rate, 1e-12);
  });

  it('errors of independent forecasters are about as widespread as the baseline says, those of one mind more', () => {
    const apart = made(12, { forecast: own, units: () => 1 }).run;
    expect(over(apart, 'widespreadErrors')).closeTo(over(apart, 'widespreadErrorsIfIndependent'), 0.05);
    const alike = made(12, { forecast: (_, day, asset) => own(0, day, asset), units: () => 1 }).run;
    expect(over(alike, 'widespreadErrors')).above(over(alike, 'widespreadErrorsIfIndependent') + 0.2);
  });

  it('are undefined where the record leaves forecasts and positions out', () => {
    const { run } = made(3, { forecast: own, units: () => 1 });
    const { days, assets: prices } = run.tables;
    for (const name of [
      'forecastAmbiguity',
      'lossHomogenization',
      'widespreadErrors',
      'widespreadErrorsIfIndependent',
    ])
      expect(over({ ...run, tables: { days: days!, assets: prices! } }, name), name).to.be.NaN;
  });
});
