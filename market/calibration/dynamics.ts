import { NotConverged } from '../../core/not-converged.js';
import type { Problem } from '../../core/scenario/problem.js';
import type { Scenario } from '../../core/scenario.js';
import { YEAR } from '../universe.js';
import { fitFactorGarch } from './factor-garch.js';
import { fitSwitching, type SwitchingFit } from './switching.js';

type Fundamentals = Scenario['market']['fundamentals'];

/** What of the law of motion is estimated; the rest stays as the scenario has it. */
export interface Dynamics {
  readonly fundamentals: Partial<Pick<Fundamentals, 'garch' | 'degreesOfFreedom' | 'regimes' | 'jumps'>>;
  readonly problems: Problem[];
}

/** Standardised factor returns: what each component did, from the assets' standardised returns.
 * @formula f_t = Σ_k b_kf z_kt / Σ_k b_kf²
 * @shape   returns: one array of equal length per asset; loadings (assets, factors); result: one array a factor
 */
export function factorReturns(
  returns: readonly Float64Array[],
  loadings: Float64Array,
  factors: number,
): Float64Array[] {
  const z = returns.map(standardised);
  return Array.from({ length: factors }, (_, f) => {
    const own = z.map((_, k) => loadings[k * factors + f]!);
    const size = own.reduce((sum, b) => sum + b * b, 0);
    return standardised(z[0]!.map((_, t) => own.reduce((sum, b, k) => sum + b * z[k]![t]!, 0) / size));
  });
}

function standardised(values: Float64Array): Float64Array {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const stdDev = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
  return values.map((x) => (x - mean) / stdDev);
}

const clip = (x: number, low: number, high: number): number => Math.max(low, Math.min(high, x));

/** Regimes from the first factor: the ratio of volatilities, the chain, and the drift in yearly volatilities. */
function regimesOf(fit: SwitchingFit, before: Fundamentals['regimes']): Fundamentals['regimes'] {
  const { mean, stdDev, leave } = fit;
  return {
    ...before,
    enterStress: clip(leave[0], 0, 1),
    leaveStress: clip(leave[1], 1e-6, 1),
    stressVolatility: clip(stdDev[1] / stdDev[0], 1, 10),
    stressDrift: clip(((mean[1] - mean[0]) / stdDev[0]) * Math.sqrt(YEAR), -20, 20),
  };
}

/** What regimes leave of a factor: returns over the volatility expected of the day's regime. */
function withoutRegimes(returns: Float64Array, { mean, stdDev, smoothed }: SwitchingFit): Float64Array {
  return standardised(
    returns.map((r, t) => {
      const p = smoothed[t]!;
      const expected = (1 - p) * mean[0] + p * mean[1];
      return (r - expected) / Math.sqrt((1 - p) * stdDev[0] ** 2 + p * stdDev[1] ** 2);
    }),
  );
}

/** The dynamics of factors by maximum likelihood: regimes of the first, and one GARCH law of all that regimes leave.
 * A law that has been fitted to all days has the jumps in it: there are none beside it. */
export function estimateDynamics(scenario: Scenario, factors: readonly Float64Array[]): Dynamics {
  const { calibration, fundamentals } = scenario.market;
  const wanted = new Set(calibration.dynamics);
  try {
    const fit = wanted.has('regimes') ? fitSwitching(factors[0]!).value : undefined;
    const calm = fit ? factors.map((f) => withoutRegimes(f, fit)) : factors;
    const garch = wanted.has('garch') ? fitFactorGarch(calm).value : undefined;
    return {
      fundamentals: {
        ...(fit ? { regimes: regimesOf(fit, fundamentals.regimes) } : {}),
        ...(garch ? { garch: { alpha: garch.alpha, gamma: garch.gamma, beta: garch.beta } } : {}),
        ...(garch ? { degreesOfFreedom: garch.degreesOfFreedom } : {}),
        ...((fit ?? garch) ? { jumps: { ...fundamentals.jumps, perYear: 0 } } : {}),
      },
      problems: [],
    };
  } catch (error) {
    if (!(error instanceof NotConverged)) throw error;
    const message = `no likeliest law of ${error.solver} for these prices; leave it out of dynamics to keep the scenario's`;
    return { fundamentals: {}, problems: [{ path: ['market', 'calibration', 'dynamics'], message }] };
  }
}
