import { z } from 'zod';
import { vector } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { variance } from '../../../core/numeric.js';
import { autocorrelation, decayExponent, leverageCorrelation, leverageFunction } from './autocorrelation.js';
import { hillIndex } from './hill.js';
import { aggregateReturns, moments } from './moments.js';

const LAGS = 250;
const HORIZONS = [1, 5, 20];

function aggregatedKurtosis(returns: Float64Array): Record<string, number | null> {
  const at = (horizon: number): number | null => {
    const { excessKurtosis } = moments(aggregateReturns(returns, horizon));
    return Number.isFinite(excessKurtosis) ? excessKurtosis : null;
  };
  return Object.fromEntries(HORIZONS.map((horizon) => [String(horizon), at(horizon)]));
}

/** The statistics by which return series are known (Cont 2001).
 * @formula see each function; Hill over k = ⌊T/20⌋ exceedances; decay exponent over lags 1 to 100
 * @shape   returns (T); correlations from lag 1 to min(250, T − 2)
 * @range   each field's own
 * @source  Cont 2001, Quantitative Finance 1(2)
 * @pitfall a Hill index is null where a tail has no positive threshold
 */
export function stylizedFactsOf(returns: Float64Array) {
  const lags = Math.min(LAGS, returns.length - 2);
  const magnitude = returns.map(Math.abs);
  const tailCount = Math.floor(returns.length / 20);
  const { mean, skewness, excessKurtosis } = moments(returns);
  const absoluteAutocorrelation = autocorrelation(magnitude, lags);
  return {
    count: returns.length,
    mean,
    stdDev: Math.sqrt(variance(returns, 1)),
    skewness,
    excessKurtosis,
    tailCount,
    hillLeft: hillIndex(
      returns.map((value) => -value),
      tailCount,
    ),
    hillRight: hillIndex(returns, tailCount),
    hillAbsolute: hillIndex(magnitude, tailCount),
    autocorrelation: autocorrelation(returns, lags),
    absoluteAutocorrelation,
    squaredAutocorrelation: autocorrelation(
      returns.map((value) => value ** 2),
      lags,
    ),
    leverage: leverageFunction(returns, lags),
    leverageCorrelation: leverageCorrelation(returns, lags),
    absoluteDecayExponent: decayExponent(absoluteAutocorrelation.slice(0, 100)),
    aggregatedExcessKurtosis: aggregatedKurtosis(returns),
  };
}

const varies = (values: readonly number[]): boolean => values.some((value) => value !== values[0]);

const input = z.strictObject({
  returns: vector
    .min(4, 'must hold at least 4 values')
    .refine(varies, 'must vary: a constant has no shape')
    .refine((values) => varies(values.map(Math.abs)), 'must vary in magnitude: |r| has no autocorrelation'),
});

export const stylizedFacts = measure({
  summary:
    'Stylized facts of a return series: moments, tails, memory of returns and of volatility, leverage.',
  formula: 'γ₁, γ₂; Hill k/Σ ln(x_(i)/x_(k+1)); ρ_τ of r, |r|, r²; E[c_t c²_{t+τ}]/Var²; corr(r_t, r²_{t+τ})',
  range: 'correlations [−1, 1]; excess kurtosis ≥ −2; Hill index > 0',
  source: 'Cont 2001, Quantitative Finance 1(2)',
  pitfall:
    'Moments are biased estimators (stdDev is not). Series of at most 251 returns give shorter arrays. The decay ' +
    'exponent leaves out lags without a positive autocorrelation.',
  input,
  table: 'returns',
  example: {
    returns: [0.01, -0.02, 0.015, 0.003, -0.011, 0.007, -0.004, 0.021, -0.032, 0.012, 0.002, -0.006],
  },
  compute: ({ returns }: z.infer<typeof input>) => stylizedFactsOf(Float64Array.from(returns)),
});
