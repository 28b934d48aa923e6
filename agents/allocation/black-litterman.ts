import { z } from 'zod';
import { matrix, positive, share, vector } from '../../core/measure-input.js';
import { matrixVector, toRows } from '../../core/linear.js';
import { sum } from '../../core/numeric.js';
import { field } from '../../core/scenario/field.js';
import { scaledTo } from './long-only.js';
import { needVolatilities } from './need.js';
import { posteriorOf } from './posterior.js';
import { noRows } from './solver/constraint-table.js';
import { quadraticProgram } from './solver/quadratic-program.js';
import { StrategyFailed } from './strategy-failed.js';
import { strategy } from './strategy.js';
import { leverageOf, positionOf, type View } from './view.js';
import { viewsOf } from './views.js';

const options = z
  .strictObject({
    longOnly: field(z.boolean().default(true), 'Whether weights may not be negative', 'true or false'),
    marketWeights: field(
      vector.optional(),
      "Weights that imply the prior; absent: the view's benchmark",
      'weight',
    ),
    riskAversion: field(
      positive.optional(),
      "Risk aversion of the market; absent: the institution's own",
      '1 / variance',
    ),
    tau: field(
      positive.default(0.05),
      'Uncertainty of the prior mean, as a share of the covariance',
      'share of covariance',
    ),
    views: field(
      matrix.optional(),
      "Portfolios that views are held on, one a row; absent: each asset's forecast",
      'weight',
    ),
    viewReturns: field(vector.optional(), 'Expected return of each view', 'return over the horizon'),
    confidences: field(z.array(share).optional(), 'Idzorek confidence of each view, 0 to 1', 'share'),
    riskModel: field(
      z.enum(['posterior', 'prior']).default('posterior'),
      'Whether weights answer to the covariance with or without the uncertainty of the mean',
      'name',
    ),
  })
  .describe('Black-Litterman');

type Options = z.output<typeof options>;

/** Black-Litterman: equilibrium returns drawn towards views by how sure each is, then the best portfolio for them.
 * @formula π = δΣw_mkt; μ = π + τΣP′(PτΣP′ + Ω)⁻¹(Q − Pπ); M = τΣ − τΣP′(PτΣP′ + Ω)⁻¹PτΣ; w ∝ (δ(Σ+M))⁻¹μ
 * @shape   P (v,k), Q (v), Ω (v,v) diagonal; result (k), summing to the leverage budget
 * @source  He & Litterman 1999, SSRN 334304; Idzorek 2005, "A step-by-step guide to the Black-Litterman model"
 * @pitfall Σ + M and Σ give different weights (option `riskModel`)
 */
export const blackLitterman = strategy({
  summary: 'Equilibrium returns blended with views by their confidence.',
  source: 'He & Litterman 1999, SSRN 334304; Idzorek 2005',
  options,
  allocate: (view, chosen) => {
    const { posterior, posteriorCovariance } = blend(view, chosen);
    const covariance = { posterior: posteriorCovariance, prior: view.covariance }[chosen.riskModel];
    return bestPortfolio(posterior, covariance, chosen.longOnly, leverageOf(view));
  },
  explain: (view, chosen) => {
    const { prior, posterior, posteriorCovariance } = blend(view, chosen);
    return {
      prior: Array.from(prior),
      posterior: Array.from(posterior),
      posteriorCovariance: toRows(posteriorCovariance, prior.length, prior.length),
    };
  },
});

function blend(view: View, chosen: Options) {
  needVolatilities(view);
  const prior = priorOf(view, chosen);
  const { mean, covariance } = posteriorOf(view.covariance, prior, chosen.tau, viewsOf(view, chosen));
  const posteriorCovariance = view.covariance.map((value, at) => value + covariance[at]!);
  return { prior, posterior: mean, posteriorCovariance };
}

/** The returns that make the market's weights optimal, unless they are known. */
function priorOf(view: View, { marketWeights, riskAversion }: Options): Float64Array {
  if (view.prior) return view.prior;
  const k = view.permitted.length;
  const market = marketWeights
    ? Float64Array.from({ length: k }, (_, i) => marketWeights[positionOf(view, i)] ?? NaN)
    : view.benchmark;
  if (market.some(Number.isNaN) || (marketWeights && !view.assets && marketWeights.length !== k))
    throw new StrategyFailed(
      `there are ${marketWeights!.length} market weights, which do not fit the assets`,
    );
  const aversion = riskAversion ?? view.riskAversion;
  return matrixVector(view.covariance, market, k, k).map((value) => aversion * value);
}

/** (δΣ)⁻¹μ up to scale, or its best long-only counterpart, scaled to the budget. */
function bestPortfolio(
  expectedReturns: Float64Array,
  covariance: Float64Array,
  longOnly: boolean,
  leverage: number,
): Float64Array {
  const k = expectedReturns.length;
  const weights = quadraticProgram({
    hessian: covariance,
    linear: expectedReturns.map((value) => -value),
    equalities: noRows,
    inequalities: noRows,
    lower: new Float64Array(k).fill(longOnly ? 0 : -Infinity),
    upper: new Float64Array(k).fill(Infinity),
  }).value;
  if (!(sum(weights) > 0))
    throw new StrategyFailed(
      'no portfolio is worth holding: the weights that answer the views sum to 0 or less',
    );
  return scaledTo(weights, leverage);
}
