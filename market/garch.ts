import { z } from 'zod';
import { finite, nonNegative, positive, vector } from '../core/measure-input.js';
import { measure } from '../core/measure.js';
import { fitGarch, garchStandardErrors } from './garch/fit.js';
import { garchLikelihood, type GarchParameters } from './garch/likelihood.js';
import { garchTheory } from './garch/theory.js';

const THEORY_LAGS = 250;
const FEWEST_RETURNS = 10;

const input = z
  .strictObject({
    returns: vector
      .min(FEWEST_RETURNS, `must hold at least ${FEWEST_RETURNS} values`)
      .refine((values) => values.some((value) => value !== values[0]), 'must vary')
      .optional(),
    init: z.literal('mean-square', 'must be "mean-square"').optional(),
    parameters: z
      .strictObject({ mu: finite.default(0), omega: positive, alpha: nonNegative, beta: nonNegative })
      .optional(),
  })
  .superRefine(({ returns, init, parameters }, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (returns === undefined && parameters === undefined)
      refuse('returns', 'give returns to fit, parameters for theory, or both to evaluate');
    if (returns === undefined && init !== undefined)
      refuse('init', 'starts the variance of returns, which are absent');
  });

const persistenceOf = ({ alpha, beta }: GarchParameters): number => alpha + beta;

function evaluated(returns: Float64Array, parameters: GarchParameters) {
  return {
    parameters,
    ...garchLikelihood(returns, parameters),
    standardErrors: garchStandardErrors(returns, parameters),
    persistence: persistenceOf(parameters),
  };
}

function compute({ returns, parameters }: z.infer<typeof input>) {
  if (returns === undefined)
    return { parameters, persistence: persistenceOf(parameters!), ...garchTheory(parameters!, THEORY_LAGS) };
  const series = Float64Array.from(returns);
  return evaluated(series, parameters ?? fitGarch(series).value);
}

export const garch = measure({
  summary: 'GARCH(1,1): fit by maximum likelihood, evaluate given parameters, or what they imply in theory.',
  formula: 'r_t = μ + e_t, h_t = ω + α e²_{t−1} + β h_{t−1}; ln L = −½ Σ (ln 2π + ln h_t + e_t²/h_t)',
  range: 'ω > 0, α ≥ 0, β ≥ 0; persistence α + β below 1 for a finite variance',
  source:
    'Bollerslev 1986, Journal of Econometrics 31(3); Fiorentini, Calzolari & Panattoni 1996, JAE 11(4) (derivatives)',
  pitfall:
    'Starts from h₀ = e₀² = mean(e²): other starts move the third digit. Standard errors are from the Hessian, ' +
    'null at a bound. squaredAutocorrelation runs from lag 1 to 250.',
  input,
  table: 'returns',
  example: { parameters: { mu: 0, omega: 0.05, alpha: 0.1, beta: 0.85 } },
  compute,
});
