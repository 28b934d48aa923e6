import { covariance, fromRows } from '../../core/linear.js';
import { dot, log, mean } from '../../core/numeric.js';
import { scaledCholesky } from '../../core/scaled-cholesky.js';
import { absorption } from '../measures/systemic/absorption-ratio.js';
import { daily, numbers, type RunData } from '../run-data.js';

/** Days that absorption, turbulence and volatility look back. */
const window = 60;
const components = 0.2;

/** Log returns of all assets, one row a day from day 1. */
function returnsOf(run: RunData): number[][] {
  const k = run.scenario.assets.length;
  const price = numbers(run.tables.assets!, 'price');
  const days = price.length / k;
  return Array.from({ length: days - 1 }, (_, t) =>
    Array.from({ length: k }, (_, a) => log(price[(t + 1) * k + a]! / price[t * k + a]!)),
  );
}

/** How unusual the last row is, given the rows before it. */
function unusual(before: readonly (readonly number[])[], today: readonly number[]): number {
  const k = today.length;
  const factored = scaledCholesky(covariance(fromRows(before), before.length, k), k);
  const distance = today.map((r, a) => r - mean(before.map((row) => row[a]!)));
  return factored === null ? 0 : dot(distance, factored.solve(distance));
}

interface Past {
  readonly before: readonly (readonly number[])[];
  readonly today: readonly number[];
}

const ofPrices = {
  absorption: ({ before, today }: Past): number => {
    const rows = [...before, today];
    const k = today.length;
    const count = Math.max(1, Math.round(components * k));
    return absorption(covariance(fromRows(rows), rows.length, k), k, count).ratio;
  },
  turbulence: ({ before, today }: Past): number => unusual(before, today),
  volatility: ({ before, today }: Past): number =>
    Math.sqrt(mean([...before, today].map((row) => mean(row.map((r) => r * r))))),
} satisfies Record<string, (past: Past) => number>;

/** Columns of the table of days that should rise before a crisis. */
const ofDays = ['leverage', 'overlap', 'debtRank'] as const;

/** By name, in the order of an indicator row. */
export const indicatorNames: readonly string[] = [...Object.keys(ofPrices), ...ofDays];

/** Days that a run needs behind it before its first indicators. */
export const lookBack = ({ scenario }: Pick<RunData, 'scenario'>): number =>
  Math.max(scenario.warmUp, window);

/** Indicators at each close, from what was known then, on the days after the warm-up that have a whole window behind
 * them; and those days. */
export function indicatorsOf(run: RunData): { readonly day: number[]; readonly rows: number[][] } {
  const returns = returnsOf(run);
  const rowOf = new Map(Array.from(daily(run, 'day'), (t, row) => [t, row]));
  const columns = ofDays.map((name) => daily(run, name));
  const first = lookBack(run) + 1;
  const day = Array.from({ length: Math.max(0, returns.length + 1 - first) }, (_, t) => first + t);
  const rows = day.map((t) => {
    const past = { before: returns.slice(t - 1 - window, t - 1), today: returns[t - 1]! };
    return [...Object.values(ofPrices).map((of) => of(past)), ...columns.map((c) => c[rowOf.get(t)!]!)];
  });
  return { day, rows };
}
