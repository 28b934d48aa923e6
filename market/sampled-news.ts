import type { Stream } from '../core/random.js';
import type { NewsDay, Sample } from '../core/types.js';
import type { FundamentalLaw, NewsState } from './fundamentals.js';

/** A day's news and the state after it. */
export interface Drawn {
  readonly news: NewsDay;
  readonly state: NewsState;
}

/** A day of the sample as news: its mean is drift, the rest is what sources can hint at. */
function dayOf({ returns, mean, stdDev }: Sample, row: number, horizon: number): NewsDay {
  const k = mean.length;
  return {
    regime: 'calm',
    diffusion: mean.map((mu, a) => returns[row * k + a]! - mu),
    drift: mean,
    jumps: [],
    horizonStdDev: stdDev.map((s) => s * Math.sqrt(horizon)),
  };
}

/** The sample's days as they stand, one after the other.
 * @pitfall the sample must be long enough: the scenario is checked for it
 */
export function replayedNews({ sample, horizon }: FundamentalLaw, state: NewsState): Drawn {
  const row = state.row + 1;
  if (sample === null || row >= sample.days) throw new RangeError(`replay: the sample has no day ${row + 1}`);
  return { news: dayOf(sample, row, horizon), state: { ...state, row } };
}

/** Blocks of the sample's days of random length, one after the other, so that days keep what follows them.
 *
 * @formula the next row follows the last, round the end, with probability 1 − 1/L; else it is any, each as likely
 * @source  Politis & Romano 1994, Journal of the American Statistical Association 89(428)
 */
export function resampledNews(
  { sample, blockDays, horizon }: FundamentalLaw,
  state: NewsState,
  draws: Stream,
): Drawn {
  if (sample === null) throw new RangeError('bootstrap: there is no sample');
  const anew = draws.uniform() < 1 / blockDays;
  const any = draws.integer(sample.days);
  const row = anew || state.row < 0 ? any : (state.row + 1) % sample.days;
  return { news: dayOf(sample, row, horizon), state: { ...state, row } };
}
