import { z } from 'zod';
import { matrix } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { mean } from '../../../core/numeric.js';
import { leastSquares, neweyWestT, ordinaryT } from '../regression.js';

type Row = readonly number[];

/** Cross-sectional absolute deviation of returns from the market's.
 * @formula (1/N) Σ|R_i − R_m|
 * @source  Chang, Cheng & Khorana 2000, Journal of Banking & Finance 24(10)
 */
export const absoluteDispersion = (returns: Row, market: number): number =>
  returns.reduce((sum, value) => sum + Math.abs(value - market), 0) / returns.length;

/** Cross-sectional standard deviation of returns about the market's.
 * @formula √(Σ(R_i − R_m)² / (N − 1))
 * @source  Christie & Huang 1995, Financial Analysts Journal 51(4)
 */
export const standardDispersion = (returns: Row, market: number): number =>
  Math.sqrt(returns.reduce((sum, value) => sum + (value - market) ** 2, 0) / (returns.length - 1));

const input = z
  .strictObject({
    returns: matrix,
    regress: z.boolean('must be true or false').optional(),
    lags: z.int('must be a whole number').min(0, 'must not be negative').optional(),
  })
  .superRefine(({ returns, regress, lags }, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (returns[0] !== undefined && returns[0].length < 2)
      refuse('returns', 'needs at least 2 assets (columns) for a cross-section');
    if (lags !== undefined && regress === false)
      refuse('lags', 'belongs to the regression, which regress: false omits');
    if ((regress ?? lags !== undefined) && returns.length < 4)
      refuse('returns', `has ${returns.length} days, but the regression needs at least 4`);
    if (lags !== undefined && lags >= returns.length)
      refuse('lags', `must be below the number of days, ${returns.length}`);
  });

function regression(csad: readonly number[], market: readonly number[], lags: number | undefined) {
  const columns = [() => 1, (r: number) => Math.abs(r), (r: number) => r ** 2].map((of) =>
    Float64Array.from(market, of),
  );
  const fit = leastSquares(columns, Float64Array.from(csad));
  if (fit === null)
    throw new MeasureInputError(
      'the market return takes too few values for |R_m| and R_m² to be told apart',
      ['returns'],
    );
  const tStatistics = lags === undefined ? ordinaryT(fit) : neweyWestT(columns, fit, lags);
  return { coefficients: Array.from(fit.coefficients), tStatistics };
}

function compute({ returns, regress, lags }: z.infer<typeof input>) {
  const market = returns.map((row) => mean(row));
  const csad = returns.map((row, t) => absoluteDispersion(row, market[t]!));
  const cssd = returns.map((row, t) => standardDispersion(row, market[t]!));
  const fitted = (regress ?? lags !== undefined) ? regression(csad, market, lags) : {};
  return { market, csad, cssd, ...fitted, nObservations: returns.length };
}

export const csad = measure({
  summary: 'Cross-sectional dispersion (CSAD, CSSD) and its regression on the market: herding where γ₂ < 0.',
  formula: 'CSAD = (1/N) Σ|R_i − R_m| = α + γ₁|R_m| + γ₂R_m²; CSSD = √(Σ(R_i − R_m)²/(N−1))',
  range: 'CSAD, CSSD ≥ 0; γ₂ significantly below 0 is herding',
  source:
    'Chang, Cheng & Khorana 2000, Journal of Banking & Finance 24(10); Newey & West 1987, Econometrica 55(3)',
  pitfall:
    'γ₂ scales by 100 between percent and decimals: returns are in percent. Without lags, t is ordinary.',
  input,
  table: 'returns',
  example: {
    returns: [
      [1.2, 0.4, -0.3],
      [-0.8, -1.1, 0.2],
      [2.1, 1.7, 0.9],
      [0.1, -0.2, 0.4],
      [-2.4, -1.9, -3.1],
      [0.6, 1.4, 0.3],
    ],
    regress: true,
    lags: 1,
  },
  compute,
});
