import { matrixVector } from '../../core/linear.js';
import { dot } from '../../core/numeric.js';
import { needExpectedReturns } from './need.js';
import type { Views } from './posterior.js';
import { concatenate } from './solver/concatenate.js';
import { StrategyFailed } from './strategy-failed.js';
import { positionOf, type View } from './view.js';

export interface StatedViews {
  readonly tau: number;
  readonly views?: readonly (readonly number[])[] | undefined;
  readonly viewReturns?: readonly number[] | undefined;
  readonly confidences?: readonly number[] | undefined;
}

/** The views of an institution: those stated, else its forecast of every asset with that forecast's error.
 * @formula Ω = diag(τPΣP′), or Idzorek's ωᵢ = τ (1 − cᵢ)/cᵢ · pᵢΣpᵢ′ with confidences c (0: no view, 1: certain)
 * @source  Idzorek 2005; closed form of Walters 2014, SSRN 1314585
 */
export function viewsOf(view: View, stated: StatedViews): Views {
  return stated.views ? statedViews(view, stated, stated.views) : forecastViews(view, stated.tau);
}

function statedViews(view: View, stated: StatedViews, rows: readonly (readonly number[])[]): Views {
  const { viewReturns, confidences, tau } = stated;
  if (viewReturns?.length !== rows.length)
    throw new StrategyFailed(`${rows.length} views need as many view returns`);
  if (confidences && confidences.length !== rows.length)
    throw new StrategyFailed(`${rows.length} views need as many confidences`);
  const held = rows.map((_, v) => v).filter((v) => confidences?.[v] !== 0);
  const portfolios = held.map((v) => portfolioOf(view, rows[v]!));
  return {
    portfolios: concatenate(portfolios),
    returns: Float64Array.from(held, (v) => viewReturns[v]!),
    errors: Float64Array.from(held, (v, at) => {
      const doubt = confidences ? (1 - confidences[v]!) / confidences[v]! : 1;
      return doubt * tau * varianceOf(view, portfolios[at]!);
    }),
  };
}

function portfolioOf(view: View, row: readonly number[]): Float64Array {
  const k = view.permitted.length;
  const portfolio = Float64Array.from({ length: k }, (_, i) => row[positionOf(view, i)] ?? NaN);
  if (portfolio.some(Number.isNaN) || (!view.assets && row.length !== k))
    throw new StrategyFailed(`a view has ${row.length} weights, which do not fit the assets`);
  return portfolio;
}

function varianceOf({ covariance }: View, portfolio: Float64Array): number {
  const k = portfolio.length;
  return dot(portfolio, matrixVector(covariance, portfolio, k, k));
}

function forecastViews(view: View, tau: number): Views {
  const k = view.permitted.length;
  const portfolios = new Float64Array(k * k);
  for (let i = 0; i < k; i++) portfolios[i * k + i] = 1;
  const errors = view.uncertainty.map((error, i) =>
    Number.isNaN(error) ? tau * view.covariance[i * k + i]! : error ** 2,
  );
  return { portfolios, returns: needExpectedReturns(view), errors };
}
