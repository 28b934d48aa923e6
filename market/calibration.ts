import { log } from '../core/numeric.js';
import type { AssetSpec } from '../core/scenario/assets.js';
import type { Problem } from '../core/scenario/problem.js';
import type { Scenario } from '../core/scenario.js';
import { estimateDynamics, factorReturns, type Dynamics } from './calibration/dynamics.js';
import { principalLoadings } from './calibration/loadings.js';
import { readPriceTable, type PriceTable } from './calibration/price-table.js';
import { YEAR } from './universe.js';

export interface Estimate {
  readonly assets: AssetSpec[];
  readonly factors: string[];
  /** Log returns of the days that all assets have: days x assets. */
  readonly history: number[][];
  /** What of the law of motion was estimated. */
  readonly fundamentals: Dynamics['fundamentals'];
  /** Type benchmarks over the classes that the universe has. */
  readonly benchmarks: Readonly<Record<string, Record<string, number>>>;
  /** What a user should know and need not change: late listings. */
  readonly notes: string[];
  /** Where any are, there is no estimate. */
  readonly problems: Problem[];
}

/** Free float of an asset about which nothing is said, USD. */
const FLOAT_USD = 1e12;

type Regimes = Scenario['market']['fundamentals']['regimes'];

const at = (key: string, message: string): Problem => ({ path: ['market', 'calibration', key], message });

/** A universe from a CSV of prices: volatility and drift of each column on its own history, loadings by principal
 * components on the days that all columns have.
 *
 * @formula σ_calm = σ / √(1 + π (m² − 1)), π the long-run share of stress, m its volatility ratio
 */
export function estimateUniverse(csvText: string, scenario: Scenario): Estimate {
  const { table, problems } = readPriceTable(csvText);
  if (problems.length > 0) return failed(problems);
  const first = table.prices.map((column) => column.findIndex((p) => !Number.isNaN(p)));
  const common = Math.max(...first);
  const overlap = table.dates.length - common - 1;
  const { factors: wanted, minOverlapDays } = scenario.market.calibration;
  const wrong = [
    ...(overlap < minOverlapDays
      ? [at('minOverlapDays', tooShort(table, common, overlap, minOverlapDays))]
      : []),
    ...(wanted > table.names.length
      ? [at('factors', `${wanted} factors cannot come from ${table.names.length} assets`)]
      : []),
    ...constantColumns(table, common),
  ];
  if (wrong.length > 0) return failed(wrong);
  const returns = table.prices.map((column, k) => logReturns(column.subarray(first[k])));
  const together = returns.map((r) => r.subarray(r.length - overlap));
  const loadings = principalLoadings(together, wanted);
  const dynamics = estimateDynamics(scenario, factorReturns(together, loadings, wanted));
  const regimes = dynamics.fundamentals.regimes ?? scenario.market.fundamentals.regimes;
  const factors = Array.from({ length: wanted }, (_, f) => `component-${f + 1}`);
  const assets = table.names.map((name, k) =>
    asset(
      scenario,
      regimes,
      name,
      table.prices[k]!,
      returns[k]!,
      factors,
      loadings.subarray(k * wanted, (k + 1) * wanted),
    ),
  );
  return {
    assets,
    factors,
    history: Array.from({ length: overlap }, (_, t) => returns.map((r) => r[r.length - overlap + t]!)),
    benchmarks: presentBenchmarks(scenario, assets),
    notes: lateListings(table, first),
    fundamentals: dynamics.fundamentals,
    problems: [...sameIds(assets), ...dynamics.problems],
  };
}

const failed = (problems: Problem[]): Estimate => ({
  assets: [],
  factors: [],
  history: [],
  fundamentals: {},
  benchmarks: {},
  notes: [],
  problems,
});

/** The scenario with an estimate in the place of its universe. */
export function withUniverse(
  scenario: Scenario,
  { assets, factors, history, fundamentals, benchmarks }: Estimate,
): Scenario {
  const { market, institutions } = scenario;
  const types = Object.fromEntries(
    Object.entries(institutions.types).map(([name, type]) => [
      name,
      { ...type, benchmark: benchmarks[name]! },
    ]),
  );
  return {
    ...scenario,
    assets,
    market: {
      ...market,
      fundamentals: {
        ...market.fundamentals,
        ...fundamentals,
        factors,
        ...(market.fundamentals.drawn === 'factors' ? {} : { history }),
      },
      calibration: { ...market.calibration, prices: null },
    },
    institutions: { ...institutions, types },
  };
}

function tooShort(
  { dates, names, prices }: PriceTable,
  common: number,
  overlap: number,
  needed: number,
): string {
  const latest = names[prices.findIndex((column) => Number.isNaN(column[common - 1] ?? 0))];
  const why = latest === undefined ? '' : ` ("${latest}" begins on ${dates[common]})`;
  return `all assets have returns on only ${overlap} days${why}, ${needed} are needed`;
}

function constantColumns({ names, prices }: PriceTable, common: number): Problem[] {
  return names.flatMap((name, k) =>
    prices[k]!.subarray(common).every((p) => p === prices[k]![common])
      ? [at('prices', `column ${k + 2} (${name}): the price never changes`)]
      : [],
  );
}

function logReturns(prices: Float64Array): Float64Array {
  const logs = prices.map((p) => log(p));
  return logs.slice(1).map((x, t) => x - logs[t]!);
}

const idOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');

function sameIds(assets: readonly AssetSpec[]): Problem[] {
  const ids = assets.map((a) => a.id);
  return ids.flatMap((id, k) => {
    const first = ids.indexOf(id);
    if (id !== '' && first === k) return [];
    const other = first < k && id !== '' ? `: column ${first + 2} has it` : '';
    return [
      at('prices', `row 1, column ${k + 2}: the name does not give an id of its own ("${id}")${other}`),
    ];
  });
}

/** An asset from its history; what the scenario says of an asset of the same name it keeps. */
function asset(
  scenario: Scenario,
  regimes: Regimes,
  name: string,
  prices: Float64Array,
  returns: Float64Array,
  factors: readonly string[],
  loadings: Float64Array,
): AssetSpec {
  const id = idOf(name);
  const known = scenario.assets.find((spec) => spec.id === id);
  const mean = returns.reduce((total, r) => total + r, 0) / returns.length;
  const variance = returns.reduce((total, r) => total + (r - mean) ** 2, 0) / (returns.length - 1);
  return {
    id,
    class: known?.class ?? 'equity',
    region: known?.region ?? 'global',
    sector: known?.sector ?? 'broad',
    currency: known?.currency ?? 'USD',
    price: prices.at(-1)!,
    floatUsd: known?.floatUsd ?? FLOAT_USD,
    advShare: known?.advShare ?? 0.005,
    volatility: Math.sqrt((variance * YEAR) / unconditionalVariance(regimes)),
    drift: Math.max(-1, Math.min(1, mean * YEAR)),
    halfSpreadBps: known?.halfSpreadBps ?? 2,
    loadings: Object.fromEntries(factors.map((factor, f) => [factor, loadings[f]!])),
  };
}

/** Long-run variance over that of the calm regime. */
function unconditionalVariance({ enterStress, leaveStress, stressVolatility }: Regimes): number {
  return 1 + (enterStress / (enterStress + leaveStress)) * (stressVolatility ** 2 - 1);
}

/** Benchmarks over the buckets that exist; a type all of whose buckets are missing holds the market by class. */
function presentBenchmarks(scenario: Scenario, assets: readonly AssetSpec[]): Estimate['benchmarks'] {
  const buckets = new Set(assets.flatMap((a) => [a.id, a.class]));
  const market = new Map<string, number>();
  for (const a of assets) market.set(a.class, (market.get(a.class) ?? 0) + a.floatUsd);
  return Object.fromEntries(
    Object.entries(scenario.institutions.types).map(([name, { benchmark }]) => {
      const present = Object.entries(benchmark).filter(([bucket, w]) => buckets.has(bucket) && w > 0);
      const kept = present.length > 0 ? present : [...market];
      const total = kept.reduce((sum, [, w]) => sum + w, 0);
      return [name, Object.fromEntries(kept.map(([bucket, w]) => [bucket, w / total]))];
    }),
  );
}

const lateListings = ({ names, dates, rows }: PriceTable, first: readonly number[]): string[] =>
  names.flatMap((name, k) =>
    first[k]! > 0 ? [`row ${rows[first[k]!]}, column ${k + 2} (${name}): begins on ${dates[first[k]!]}`] : [],
  );
