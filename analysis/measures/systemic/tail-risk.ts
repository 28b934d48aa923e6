import { z } from 'zod';
import { finite, nonNegative, requireLength, share, vector } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { exp, quantile } from '../../../core/numeric.js';
import { expectedShortfall, tailMean, valueAtRisk } from '../performance/tail.js';
import { quantileRegression } from '../quantile-regression.js';

type Series = ArrayLike<number>;

/** The market's value at risk when an institution is at its own, and how far that is below its normal state.
 * @formula r_m = α + β r_i at quantile q; CoVaR = α + β VaR, ΔCoVaR = β (VaR − median)
 * @range   returns: negative is a loss
 * @source  Adrian & Brunnermeier 2016, American Economic Review 106(7)
 * @pitfall unconditional; β is exact (a vertex of the linear programme), not iteratively reweighted
 */
export function coVaR(institution: Series, market: Series, q: number) {
  const { intercept, slope } = quantileRegression(institution, market, q);
  const VaR = valueAtRisk(institution, q);
  return {
    VaR,
    CoVaR: intercept + slope * VaR,
    deltaCoVaR: slope * (VaR - quantile(institution, 0.5)),
  };
}

/** Marginal expected shortfall: an institution's mean loss on the market's worst days.
 * @formula −mean(r_i | r_m ≤ quantile_q(r_m))
 * @source  Acharya, Pedersen, Philippon & Richardson 2017, Review of Financial Studies 30(1)
 */
export const marginalShortfall = (institution: Series, market: Series, q: number): number =>
  -tailMean(institution, market, q);

/** Loss of equity in a six-month crisis, from the daily shortfall.
 * @formula 1 − e^{−18 MES}
 * @range   < 1
 */
export const longRunShortfall = (mes: number): number => 1 - exp(-18 * mes);

/** Capital an institution would lack in a crisis; negative is a surplus.
 * @formula k D − (1 − k)(1 − LRMES) E
 * @source  Brownlees & Engle 2017, Review of Financial Studies 30(1)
 */
export const capitalShortfall = (debt: number, equity: number, lrmes: number, capitalRatio: number): number =>
  capitalRatio * debt - (1 - capitalRatio) * (1 - lrmes) * equity;

const series = vector.min(2, 'must hold at least 2 days');

const input = z
  .strictObject({
    institution: series.refine((values) => values.some((value) => value !== values[0]), 'must vary'),
    market: series,
    q: finite.gt(0, 'must lie in (0, 1)').lt(1, 'must lie in (0, 1)'),
    debt: nonNegative.optional(),
    equity: finite.optional(),
    capitalRatio: share.optional(),
  })
  .superRefine(({ institution, market, debt, equity, capitalRatio }, context) => {
    requireLength(context, ['market'], market, institution.length, 'institution');
    const given = { debt, equity, capitalRatio };
    const needed = Object.values(given).some((value) => value !== undefined);
    for (const key of ['debt', 'equity'] as const)
      if (needed && given[key] === undefined)
        context.addIssue({
          code: 'custom',
          path: [key],
          message: 'is required for SRISK, whose other inputs are given',
        });
  });

function compute({ institution, market, q, debt, equity, capitalRatio = 0.08 }: z.infer<typeof input>) {
  const MES = marginalShortfall(institution, market, q);
  const LRMES = longRunShortfall(MES);
  const result = { ...coVaR(institution, market, q), marketES: expectedShortfall(market, q), MES, LRMES };
  if (debt === undefined || equity === undefined) return result;
  return { ...result, SRISK: capitalShortfall(debt, equity, LRMES, capitalRatio) };
}

export const tailRisk = measure({
  summary: 'Tail risk of an institution and the market: VaR, CoVaR, MES, LRMES, SRISK.',
  formula: 'CoVaR = α + β VaR at quantile q; MES = −E[r_i | r_m in its tail]; SRISK = kD − (1−k)(1−LRMES)E',
  range:
    'VaR, CoVaR, deltaCoVaR are returns (negative is a loss); marketES, MES are losses; SRISK may be negative',
  source:
    'Adrian & Brunnermeier 2016, AER 106(7); Acharya et al. 2017, RFS 30(1); Brownlees & Engle 2017, RFS 30(1)',
  pitfall:
    'Tails are days at or below the type 7 quantile. The quantile regression is exact; where several lines fit ' +
    'equally well, one of them. capitalRatio is 0.08 when absent.',
  input,
  example: {
    institution: [0.01, -0.02, 0.005, -0.06, 0.02, 0.004, -0.01, 0.015],
    market: [0.008, -0.01, 0.002, -0.03, 0.012, 0.001, -0.012, 0.01],
    q: 0.25,
    debt: 900,
    equity: 100,
    capitalRatio: 0.08,
  },
  compute,
});
