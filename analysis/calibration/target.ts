import { mean, variance } from '../../core/numeric.js';
import { stream } from '../../core/random.js';
import { momentNames, momentsOf } from './moments.js';

/** What a real series says a simulated one of a given length should have. */
export interface Target {
  /** Mean over stretches of the real series, by moment. */
  readonly values: readonly number[];
  /** Standard deviation of one stretch's moments. */
  readonly spread: readonly number[];
  /** Days of a stretch. */
  readonly days: number;
}

const resamples = 200;
/** Blocks keep the memory that the longest lag of a moment looks at. */
const blockDays = 125;

/** Days of a stretch, drawn as blocks of the real series, the end joined to the beginning. */
function stretch(returns: Float64Array, days: number, r: number): Float64Array {
  const draw = stream({ seed: 1, purpose: 'calibration-bootstrap', day: r });
  const into = new Float64Array(days);
  for (let from = 0; from < days; from += blockDays) {
    const start = draw.integer(returns.length);
    for (let i = from; i < Math.min(days, from + blockDays); i++)
      into[i] = returns[(start + i - from) % returns.length]!;
  }
  return into;
}

/** Moments of stretches of a real series, as long as a simulated run, with how far stretches differ.
 * @formula mean and standard deviation over circular block bootstrap samples of `days` returns
 * @source  Franke & Westerhoff 2012, Journal of Economic Dynamics and Control 36(8) (bootstrapped weights)
 * @pitfall moments of a short stretch are biased; so are those of a run of the same length, and the biases cancel
 */
export function targetOf(returns: Float64Array, days: number): Target {
  const drawn = Array.from({ length: resamples }, (_, r) => momentsOf(stretch(returns, days, r)));
  const column = (m: number): number[] => drawn.map((row) => row[m]!).filter(Number.isFinite);
  return {
    values: momentNames.map((_, m) => mean(column(m))),
    spread: momentNames.map((_, m) => Math.sqrt(variance(column(m), 1))),
    days,
  };
}
