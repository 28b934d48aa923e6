import { z } from 'zod';
import { matrix, positive, requireLength } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { cosineSimilarity, sharesOf } from '../../../core/diversity.js';
import { pairMean, pairTable } from '../pairs.js';

type Row = Float64Array;

/** Shared weight of two portfolios.
 * @formula Σ_k min(w_ik, w_jk)
 * @range   ≤ 1 for fully invested portfolios, where it is 1 − ½ Σ|w_i − w_j|
 */
export function minOverlap(a: Row, b: Row): number {
  return a.reduce((sum, weight, k) => sum + Math.min(weight, b[k]!), 0);
}

/** Assets held by both, over assets held by either; null where neither holds any.
 * @range [0, 1]
 */
export function jaccardOverlap(a: Row, b: Row): number | null {
  const either = a.filter((weight, k) => weight !== 0 || b[k] !== 0).length;
  return either === 0 ? null : a.filter((weight, k) => weight !== 0 && b[k] !== 0).length / either;
}

/** Half the distance of a portfolio from a benchmark.
 * @formula ½ Σ_k |w_k − b_k|
 * @range   [0, 1] for fully invested long-only portfolios
 * @source  Cremers & Petajisto 2009, Review of Financial Studies 22(9)
 */
export function activeShare(portfolio: Row, benchmark: Row): number {
  return portfolio.reduce((sum, weight, k) => sum + Math.abs(weight - benchmark[k]!), 0) / 2;
}

/** Shares of assets in all portfolios together, each weighted by what it manages; null where they net to 0. */
export function aggregateShares(portfolios: readonly Row[], aum: ArrayLike<number>): Row | null {
  const total = new Float64Array(portfolios[0]!.length);
  portfolios.forEach((row, i) => row.forEach((weight, k) => (total[k]! += weight * aum[i]!)));
  return total.reduce((sum, amount) => sum + amount, 0) === 0 ? null : sharesOf(total);
}

const herfindahl = (shares: Row): number => shares.reduce((sum, share) => sum + share ** 2, 0);

const input = z
  .strictObject({ weights: matrix, aum: z.array(positive).optional() })
  .superRefine(({ weights, aum }, context) => {
    requireLength(context, ['aum'], aum, weights.length, 'weights');
    weights.forEach((row, i) => {
      if (row.every((weight) => weight === 0))
        context.addIssue({
          code: 'custom',
          path: ['weights', i],
          message: 'holds nothing: it has no direction',
        });
    });
  });

function compute({ weights, aum }: z.infer<typeof input>) {
  const rows = weights.map((row) => Float64Array.from(row));
  const aggregate = aggregateShares(rows, aum ?? rows.map(() => 1));
  if (aggregate === null)
    throw new MeasureInputError('longs and shorts cancel: there is no aggregate to compare with', [
      'weights',
    ]);
  const cosine = pairTable(rows, cosineSimilarity);
  const hhi = herfindahl(aggregate);
  return {
    cosine,
    minOverlap: pairTable(rows, minOverlap),
    jaccard: pairTable(rows, jaccardOverlap),
    activeShare: rows.map((row) => activeShare(row, aggregate)),
    meanCosine: pairMean(cosine),
    hhi,
    effectiveAssets: 1 / hhi,
  };
}

export const overlap = measure({
  summary: 'Portfolio overlap and crowding: cosine, shared weight, Jaccard, active share, concentration.',
  formula: 'cos(w_i, w_j); Σ_k min(w_ik, w_jk); |A∩B|/|A∪B|; ½Σ|w_i − w̄|; HHI = Σ w̄_k²',
  range: 'cosine [−1, 1]; the rest [0, 1] for fully invested long-only portfolios',
  source: 'Cremers & Petajisto 2009, Review of Financial Studies 22(9) (active share)',
  pitfall: 'w̄ is weighted by assets under management (equally without aum) and scaled to sum to 1.',
  input,
  table: 'weights',
  example: {
    weights: [
      [0.5, 0.3, 0.2, 0],
      [0.4, 0.4, 0.1, 0.1],
      [0, 0, 0.5, 0.5],
    ],
    aum: [100, 50, 25],
  },
  compute,
});
