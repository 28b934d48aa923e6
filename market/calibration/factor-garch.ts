import type { Solved } from '../../core/not-converged.js';
import { exp, lgamma, log, log1p } from '../../core/numeric.js';
import { nelderMead } from './nelder-mead.js';

/** GJR-GARCH(1,1) at unit long-run variance with student-t innovations. */
export interface FactorGarch {
  readonly alpha: number;
  readonly gamma: number;
  readonly beta: number;
  readonly degreesOfFreedom: number;
}

/** Log-likelihood of series that follow one law: each of unit variance in the long run, at which it starts.
 *
 * @formula v_t = 1 − α − γ/2 − β + (α + γ·1[r_{t−1} < 0]) r²_{t−1} + β v_{t−1}; r_t/√v_t unit-variance t(ν)
 * @shape   series: any number of arrays
 * @source  Glosten, Jagannathan & Runkle 1993, Journal of Finance 48(5); Bollerslev 1987, Review of Economics and Statistics 69(3)
 */
export function factorLikelihood(series: readonly Float64Array[], law: FactorGarch): number {
  const { alpha, gamma, beta, degreesOfFreedom: nu } = law;
  const omega = 1 - alpha - gamma / 2 - beta;
  const constant = lgamma((nu + 1) / 2) - lgamma(nu / 2) - log(Math.PI * (nu - 2)) / 2;
  let total = 0;
  for (const returns of series) {
    let v = 1;
    for (const r of returns) {
      total += constant - log(v) / 2 - ((nu + 1) / 2) * log1p((r * r) / (v * (nu - 2)));
      v = omega + (r < 0 ? alpha + gamma : alpha) * r * r + beta * v;
    }
  }
  return total;
}

const sigmoid = (x: number): number => 1 / (1 + exp(-x));

/** Degrees of freedom beyond which an innovation is as good as Gaussian. */
const GAUSSIAN = 200;

/** Any four numbers as a law: persistence, its parts, and the tail. */
function lawAt([persistence, innovation, asymmetry, tail]: ArrayLike<number> &
  Iterable<number>): FactorGarch {
  const all = 0.9995 * sigmoid(persistence!);
  const arch = all * sigmoid(innovation!);
  const falls = sigmoid(asymmetry!);
  return {
    alpha: arch * (1 - falls),
    gamma: 2 * arch * falls,
    beta: all - arch,
    degreesOfFreedom: 2.05 + (GAUSSIAN - 2.05) * sigmoid(tail!),
  };
}

/** The law under which the series are likeliest, all together; persistence is below 0.9995.
 * @pitfall the series should be of unit variance: the long run is targeted, not fitted
 */
export function fitFactorGarch(series: readonly Float64Array[]): Solved<FactorGarch> {
  const days = series.reduce((sum, { length }) => sum + length, 0);
  const cost = (at: Float64Array): number => -factorLikelihood(series, lawAt(at)) / days;
  const options = { tolerance: 1e-11, maxIterations: 5000 };
  let found = nelderMead(cost, Float64Array.of(3, -2.5, 0, -3), { ...options, step: 1 });
  for (let again = 0; again < 2; again++) found = nelderMead(cost, found.value.at, { ...options, step: 0.2 });
  return { ...found, value: lawAt(found.value.at) };
}
