import { z } from 'zod';
import {
  nonNegative,
  nonNegativeVector,
  requireLength,
  share,
  matrixOf,
} from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { hillNumber, sharesOf, similarityDiversity } from '../../../core/diversity.js';

type Issues = z.core.$RefinementCtx;

const order = z.union([nonNegative, z.literal('inf')], 'must be a number from 0, or "inf"');

function requireSum(context: Issues, key: string, values: readonly number[] | undefined, sums: Sums): void {
  if (values === undefined) return;
  const sum = values.reduce((total, value) => total + value, 0);
  if (!sums.accepts(sum))
    context.addIssue({ code: 'custom', path: [key], message: `sums to ${sum}, but must ${sums.be}` });
}

interface Sums {
  readonly accepts: (sum: number) => boolean;
  readonly be: string;
}

const toOne: Sums = { accepts: (sum) => Math.abs(sum - 1) <= 1e-6, be: 'sum to 1 (or be given as counts)' };
const toSomething: Sums = {
  accepts: (sum) => sum > 0 && Number.isFinite(sum),
  be: 'have a positive finite sum',
};

function requireSimilarity(context: Issues, rows: number[][] | undefined, kinds: number): void {
  requireLength(context, ['similarity'], rows, kinds, 'one row a kind');
  rows?.forEach((row, i) => {
    requireLength(context, ['similarity', i], row, kinds, 'one column a kind');
    if (row[i] !== undefined && row[i] !== 1)
      context.addIssue({
        code: 'custom',
        path: ['similarity', i, i],
        message: 'must be 1: a kind is like itself',
      });
  });
}

const input = z
  .strictObject({
    shares: nonNegativeVector.optional(),
    counts: nonNegativeVector.optional(),
    orders: z.array(order).min(1, 'must not be empty'),
    similarity: matrixOf(share).optional(),
  })
  .superRefine(({ shares, counts, similarity }, context) => {
    if ((shares === undefined) === (counts === undefined))
      context.addIssue({ code: 'custom', path: ['shares'], message: 'give either shares or counts' });
    requireSum(context, 'shares', shares, toOne);
    requireSum(context, 'counts', counts, toSomething);
    requireSimilarity(context, similarity, (shares ?? counts ?? []).length);
  });

function compute({ shares, counts, orders, similarity }: z.infer<typeof input>) {
  const p = sharesOf((shares ?? counts)!);
  const flat = similarity === undefined ? undefined : Float64Array.from(similarity.flat());
  const at = (q: number): number => (flat === undefined ? hillNumber(p, q) : similarityDiversity(p, flat, q));
  return { values: Object.fromEntries(orders.map((q) => [String(q), at(q === 'inf' ? Infinity : q)])) };
}

export const effectiveNumber = measure({
  summary:
    'Effective number of kinds (models, sources, assets): Hill numbers, or Leinster-Cobbold with similarity.',
  formula: 'D_q = (Σ pᵢ (Zp)ᵢ^{q−1})^{1/(1−q)}, Z = identity without similarity; q = 1 and ∞ as limits',
  range: '[1, number of kinds]',
  source: 'Hill 1973, Ecology 54(2); Jost 2006, Oikos 113(2); Leinster & Cobbold 2012, Ecology 93(3)',
  pitfall: 'Order 0 ignores shares; clones count as many kinds unless similarity says that they are alike.',
  input,
  example: { shares: [0.5, 0.25, 0.125, 0.125], orders: [0, 1, 2, 'inf'] },
  compute,
});
