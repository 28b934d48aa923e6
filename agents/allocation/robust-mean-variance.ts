import { z } from 'zod';
import { nonNegative, positive } from '../../core/measure-input.js';
import { NotConverged } from '../../core/not-converged.js';
import { field } from '../../core/scenario/field.js';
import { constraintOptions, portfolioConstraints, within } from './constraints.js';
import { needExpectedReturns } from './need.js';
import type { Constraints } from './solver/constraint-table.js';
import { quadraticProgram } from './solver/quadratic-program.js';
import { StrategyFailed } from './strategy-failed.js';
import { strategy } from './strategy.js';
import { negativeUtility } from './utility.js';
import type { View } from './view.js';

/** Robust mean-variance: the best portfolio for the worst expected returns in an ellipsoid around the forecast.
 * @formula max μ′w − κ|Sw| − ½γ w′Σw, S = diag(uncertainty)
 * @shape   result (k), as shares of equity
 * @source  Ceria & Stubbs 2006, Journal of Asset Management 7(2)
 * @pitfall the ellipsoid's axes are the assets: errors of forecasts are taken as independent
 */
export const robustMeanVariance = strategy({
  summary: 'The best portfolio for the worst plausible expected returns.',
  source: 'Ceria & Stubbs 2006, Journal of Asset Management 7(2)',
  options: z.strictObject({
    ...constraintOptions,
    riskAversion: field(positive.optional(), "Risk aversion; absent: the institution's own", '1 / variance'),
    kappa: field(nonNegative.default(1), 'Radius of the ellipsoid, in standard errors', 'standard errors'),
  }),
  allocate: (view, { riskAversion, kappa, ...limits }) => {
    needExpectedReturns(view);
    if (!view.uncertainty.every((error) => error >= 0))
      throw new StrategyFailed('it needs the uncertainty of forecasts');
    const aversion = riskAversion ?? view.riskAversion;
    return within(portfolioConstraints(view, limits), (constraints) =>
      worstCase(view, aversion, kappa, constraints),
    );
  },
});

interface Trial {
  readonly spread: number;
  readonly weights: Float64Array;
  /** |Sw| − s: positive below the answer's spread, negative above. */
  readonly gap: number;
}

/** |Sw| = min over s of ½(|Sw|²/s + s): for each s a quadratic program, and at the answer s = |Sw|. The minimum
 * over w is convex in s, so the gap changes sign once: it is bracketed, then closed by false position (Illinois).
 */
function worstCase(view: View, aversion: number, kappa: number, constraints: Constraints): Float64Array {
  const largest = Math.max(...view.uncertainty);
  if (kappa === 0 || largest === 0) return penalised(view, aversion, 0, constraints);
  const trial = (spread: number): Trial => {
    const weights = penalised(view, aversion, kappa / spread, constraints);
    return { spread, weights, gap: spreadOf(view, weights) - spread };
  };
  let high = trial(2 * largest);
  while (high.gap > 0) high = trial(2 * high.spread);
  let low = trial(high.spread / 2);
  while (low.gap < 0 && low.spread > 1e-9 * largest) low = trial(low.spread / 2);
  return low.gap < 0 ? low.weights : close(trial, low, high).weights;
}

function close(trial: (spread: number) => Trial, low: Trial, high: Trial): Trial {
  let [weightLow, weightHigh] = [1, 1];
  for (let iteration = 0; iteration < 200; iteration++) {
    const [a, b] = [low.gap * weightLow, high.gap * weightHigh];
    const next = trial((a * high.spread - b * low.spread) / (a - b));
    if (Math.abs(next.gap) <= 1e-12 * next.spread || high.spread - low.spread <= 1e-15 * high.spread)
      return next;
    if (next.gap > 0) {
      low = next;
      [weightLow, weightHigh] = [1, weightHigh / 2];
    } else {
      high = next;
      [weightLow, weightHigh] = [weightLow / 2, 1];
    }
  }
  throw new NotConverged('robust mean-variance', 200, low.gap);
}

function spreadOf({ uncertainty }: View, weights: Float64Array): number {
  let square = 0;
  for (let i = 0; i < weights.length; i++) square += (uncertainty[i]! * weights[i]!) ** 2;
  return Math.sqrt(square);
}

/** Mean-variance with an added ½ · penalty · |Sw|². */
function penalised(view: View, aversion: number, penalty: number, constraints: Constraints): Float64Array {
  const k = view.permitted.length;
  const { hessian: covariance, linear } = negativeUtility(view, aversion);
  const hessian = covariance.slice();
  for (let i = 0; i < k; i++) hessian[i * k + i]! += (penalty / aversion) * view.uncertainty[i]! ** 2;
  return quadraticProgram({ ...constraints, hessian, linear }, view.previousWeights).value;
}
