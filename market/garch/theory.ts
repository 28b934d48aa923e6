import { log, pow } from '../../core/numeric.js';
import type { GarchParameters } from './likelihood.js';

export interface GarchTheory {
  /** ω / (1 − α − β); null where α + β ≥ 1. */
  readonly unconditionalVariance: number | null;
  /** Of returns, with Gaussian innovations; null where the fourth moment is infinite. */
  readonly excessKurtosis: number | null;
  /** Of squared residuals, from lag 1; null where the fourth moment is infinite. */
  readonly squaredAutocorrelation: readonly number[] | null;
  /** Days in which a shock to variance halves; null where it never does. */
  readonly halfLife: number | null;
}

/** What a GARCH(1,1) with Gaussian innovations implies.
 * @formula κ = 6α²/(1 − β² − 2αβ − 3α²); ρ₁ = α(1 − αβ − β²)/(1 − 2αβ − β²), ρ_τ = ρ₁(α + β)^{τ−1}; ln ½ / ln(α + β)
 * @range   the fourth moment is finite where 3α² + 2αβ + β² < 1
 * @source  Bollerslev 1986, Journal of Econometrics 31(3); Bollerslev 1988, Journal of Time Series Analysis 9(2)
 * @pitfall student-t innovations have fatter tails than this says
 */
export function garchTheory({ omega, alpha, beta }: GarchParameters, lags: number): GarchTheory {
  const persistence = alpha + beta;
  const room = 1 - beta ** 2 - 2 * alpha * beta - 3 * alpha ** 2;
  const first = (alpha * (1 - alpha * beta - beta ** 2)) / (1 - 2 * alpha * beta - beta ** 2);
  return {
    unconditionalVariance: persistence < 1 ? omega / (1 - persistence) : null,
    excessKurtosis: room > 0 ? (6 * alpha ** 2) / room : null,
    squaredAutocorrelation:
      room > 0 ? Array.from({ length: lags }, (_, i) => first * pow(persistence, i)) : null,
    halfLife: halfLife(persistence),
  };
}

function halfLife(persistence: number): number | null {
  if (persistence >= 1) return null;
  return persistence === 0 ? 0 : log(0.5) / log(persistence);
}
