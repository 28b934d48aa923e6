import { NotConverged, type Solved } from '../../core/not-converged.js';
import { exp, log, log1p } from '../../core/numeric.js';
import { nelderMead } from './nelder-mead.js';

/** Two Gaussian regimes of which a Markov chain is in one: 0 the calmer, 1 the more volatile. */
export interface Switching {
  readonly mean: readonly [number, number];
  readonly stdDev: readonly [number, number];
  /** Probability a day of leaving each regime. */
  readonly leave: readonly [number, number];
}

export interface SwitchingFit extends Switching {
  readonly logLikelihood: number;
  /** Probability of the second regime on each day, given all days. */
  readonly smoothed: Float64Array;
}

const LOG_TWO_PI = log(2 * Math.PI);
const MOST_ITERATIONS = 20_000;
/** Gain in log-likelihood, a day, below which the climb has ended. */
const TOLERANCE = 1e-12;
/** Share of days in the second regime, and its volatility over the first's, from which climbs begin. */
const STARTS = [
  { share: 0.1, ratio: 2 },
  { share: 0.25, ratio: 2 },
  { share: 0.4, ratio: 1.5 },
  { share: 0.05, ratio: 4 },
];

/** Filter of Hamilton 1989 and smoother of Kim 1994: log-likelihood, smoothed probabilities of the second regime, and
 * expected number of days on which each regime was left. */
export function smooth(
  returns: Float64Array,
  { mean, stdDev, leave }: Switching,
): {
  readonly logLikelihood: number;
  readonly smoothed: Float64Array;
  readonly left: readonly [number, number];
} {
  const days = returns.length;
  const predicted = new Float64Array(days);
  const filtered = new Float64Array(days);
  let second = leave[0] / (leave[0] + leave[1]);
  let logLikelihood = 0;
  for (let t = 0; t < days; t++) {
    predicted[t] = second;
    const [a, b] = [0, 1].map((s) => {
      const z = (returns[t]! - mean[s]!) / stdDev[s]!;
      return -(LOG_TWO_PI + z * z) / 2 - log(stdDev[s]!);
    }) as [number, number];
    const top = Math.max(a, b);
    const [calm, stress] = [(1 - second) * exp(a - top), second * exp(b - top)];
    logLikelihood += top + log(calm + stress);
    const now = stress / (calm + stress);
    filtered[t] = now;
    second = now * (1 - leave[1]) + (1 - now) * leave[0];
  }
  return { logLikelihood, ...backwards(filtered, predicted, leave) };
}

function backwards(
  filtered: Float64Array,
  predicted: Float64Array,
  leave: readonly [number, number],
): { readonly smoothed: Float64Array; readonly left: readonly [number, number] } {
  const days = filtered.length;
  const smoothed = filtered.slice();
  const left: [number, number] = [0, 0];
  for (let t = days - 2; t >= 0; t--) {
    const [now, next, expected] = [filtered[t]!, smoothed[t + 1]!, predicted[t + 1]!];
    const entered = ((1 - now) * leave[0] * next) / expected;
    const quit = (now * leave[1] * (1 - next)) / (1 - expected);
    const stayed = (now * (1 - leave[1]) * next) / expected;
    left[0] += entered;
    left[1] += quit;
    smoothed[t] = stayed + quit;
  }
  return { smoothed, left };
}

/** One step of expectation and maximisation: never lowers the likelihood (but for the first day's law). */
function improved(returns: Float64Array, { smoothed, left }: ReturnType<typeof smooth>): Switching {
  const last = returns.length - 1;
  const weight = [smoothed.map((p) => 1 - p), smoothed] as const;
  const moments = weight.map((w) => {
    const total = w.reduce((sum, x) => sum + x, 0);
    const mean = w.reduce((sum, x, t) => sum + x * returns[t]!, 0) / total;
    const variance = w.reduce((sum, x, t) => sum + x * (returns[t]! - mean) ** 2, 0) / total;
    return { mean, stdDev: Math.sqrt(variance), days: total };
  }) as [Moments, Moments];
  const stays = (s: 0 | 1): number => moments[s].days - weight[s][last]!;
  return {
    mean: [moments[0].mean, moments[1].mean],
    stdDev: [moments[0].stdDev, moments[1].stdDev],
    leave: [left[0] / stays(0), left[1] / stays(1)],
  };
}

interface Moments {
  readonly mean: number;
  readonly stdDev: number;
  readonly days: number;
}

function climb(returns: Float64Array, start: Switching): Solved<SwitchingFit> {
  let place = start;
  let now = smooth(returns, place);
  let gain = Infinity;
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    const next = improved(returns, now);
    const there = smooth(returns, next);
    if (!Number.isFinite(there.logLikelihood)) break;
    gain = (there.logLikelihood - now.logLikelihood) / returns.length;
    [place, now] = [next, there];
    if (Math.abs(gain) <= TOLERANCE)
      return { value: { ...place, ...now }, iterations, residual: Math.abs(gain) };
  }
  throw new NotConverged('regimes', MOST_ITERATIONS, gain);
}

/** The same regimes, the calmer first. */
function ordered(fit: SwitchingFit): SwitchingFit {
  if (fit.stdDev[0] <= fit.stdDev[1]) return fit;
  const swap = <T>([a, b]: readonly [T, T]): [T, T] => [b, a];
  return {
    ...fit,
    mean: swap(fit.mean),
    stdDev: swap(fit.stdDev),
    leave: swap(fit.leave),
    smoothed: fit.smoothed.map((p) => 1 - p),
  };
}

/** Two-state Markov-switching Gaussian law by maximum likelihood, the best of several climbs.
 *
 * @formula r_t ~ N(μ_s, σ_s²), s a Markov chain; the first day has its stationary law
 * @shape   returns (T)
 * @source  Hamilton 1989, Econometrica 57(2); Hamilton 1990, Journal of Econometrics 45(1-2) (climbing by expectations)
 * @pitfall the likelihood has no maximum where one regime is a single value: the climb then does not converge
 */
export function fitSwitching(returns: Float64Array): Solved<SwitchingFit> {
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const stdDev = Math.sqrt(returns.reduce((sum, r) => sum + (r - mean) ** 2, 0) / returns.length);
  const climbs = STARTS.flatMap(({ share, ratio }) => {
    const calm = stdDev / Math.sqrt(1 - share + share * ratio ** 2);
    const start: Switching = {
      mean: [mean, mean],
      stdDev: [calm, calm * ratio],
      leave: [(0.05 * share) / (1 - share), 0.05],
    };
    try {
      return [climb(returns, start)];
    } catch (error) {
      if (error instanceof NotConverged) return [];
      throw error;
    }
  });
  if (climbs.length === 0) throw new NotConverged('regimes', MOST_ITERATIONS, NaN);
  const best = climbs.reduce((a, b) => (b.value.logLikelihood > a.value.logLikelihood ? b : a));
  return { ...best, value: ordered(polished(returns, best.value)) };
}

const logit = (p: number): number => log(p) - log1p(-p);
const sigmoid = (x: number): number => 1 / (1 + exp(-x));

/** Expectations leave out what the first day's law says of the chain; a search from where they ended does not. */
function polished(returns: Float64Array, fit: SwitchingFit): SwitchingFit {
  const { mean, stdDev, leave } = fit;
  const lawAt = (x: Float64Array): Switching => ({
    mean: [x[0]!, x[1]!],
    stdDev: [exp(x[2]!), exp(x[3]!)],
    leave: [sigmoid(x[4]!), sigmoid(x[5]!)],
  });
  const cost = (x: Float64Array): number => -smooth(returns, lawAt(x)).logLikelihood / returns.length;
  const start = Float64Array.of(...mean, ...stdDev.map((s) => log(s)), ...leave.map(logit));
  if (start.some((x) => !Number.isFinite(x))) return fit;
  const { at } = nelderMead(cost, start, { step: 0.02, tolerance: 1e-13, maxIterations: 5000 }).value;
  const there = { ...lawAt(at), ...smooth(returns, lawAt(at)) };
  return there.logLikelihood > fit.logLikelihood ? there : fit;
}
