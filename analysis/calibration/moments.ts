import { correlation, log, mean, variance } from '../../core/numeric.js';
import { autocorrelation } from '../measures/performance/autocorrelation.js';
import { hillIndex } from '../measures/performance/hill.js';
import { moments as shape } from '../measures/performance/moments.js';

/** A statistic of daily returns that a simulated market is to have in common with a real one. */
export interface Moment {
  readonly label: string;
  readonly of: (returns: Float64Array) => number;
}

const absolute = (from: number, to: number) => (returns: Float64Array) =>
  mean(autocorrelation(returns.map(Math.abs), to).slice(from - 1));

/** The longest lag that a moment looks back. */
export const longestLag = 60;
/** Returns with which every lag of every moment has a product of its own. */
export const fewestReturns = longestLag + 1;

const lags = 10;

function leverage(returns: Float64Array): number {
  const squares = returns.map((r) => r ** 2);
  const at = (lag: number): number =>
    correlation(returns.subarray(0, returns.length - lag), squares.subarray(lag));
  return mean(Array.from({ length: lags }, (_, i) => at(i + 1)));
}

/** What is matched, by name: size, shape and memory of returns.
 * @source Franke & Westerhoff 2012, Journal of Economic Dynamics and Control 36(8) choose much the same
 */
export const moments = {
  volatility: { label: 'Log of daily volatility', of: (r) => log(Math.sqrt(variance(r, 1))) },
  skewness: { label: 'Skewness', of: (r) => shape(r).skewness },
  tailIndex: {
    label: 'Hill tail index of |returns|',
    of: (r) => hillIndex(r.map(Math.abs), Math.floor(r.length / 20)) ?? NaN,
  },
  autocorrelation: { label: 'Autocorrelation of returns, lag 1', of: (r) => autocorrelation(r, 1)[0]! },
  memoryShort: { label: 'Autocorrelation of |returns|, lags 1 to 5', of: absolute(1, 5) },
  memoryMonth: { label: 'Autocorrelation of |returns|, lags 6 to 20', of: absolute(6, 20) },
  memoryQuarter: { label: 'Autocorrelation of |returns|, lags 21 to 60', of: absolute(21, longestLag) },
  leverage: { label: 'Correlation of returns with later squares, lags 1 to 10', of: leverage },
} satisfies Record<string, Moment>;

export type MomentName = keyof typeof moments;
export const momentNames = Object.keys(moments) as MomentName[];

/** All moments of one series, in the order of their names. */
export const momentsOf = (returns: Float64Array): number[] =>
  momentNames.map((name) => moments[name].of(returns));
