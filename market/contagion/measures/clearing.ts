import { z } from 'zod';
import { nonNegativeVector, requireLength, share } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { greatestClearing, leastClearing } from '../clearing-vector.js';
import { csrFromDense } from '../csr.js';
import { exposureMatrix } from '../exposures.js';

const fields = z.strictObject({
  liabilities: exposureMatrix,
  externalAssets: nonNegativeVector,
  externalLiabilities: nonNegativeVector.optional(),
  alpha: share.default(1),
  beta: share.default(1),
  solution: z.enum(['greatest', 'least']).default('greatest'),
});

type Input = z.output<typeof fields>;

const solutions = { greatest: greatestClearing, least: leastClearing } satisfies Record<
  Input['solution'],
  typeof greatestClearing
>;

export const clearingMeasure = measure({
  summary: 'Clearing vector: what each institution pays of what it owes (Eisenberg-Noe, Rogers-Veraart).',
  formula:
    'p = p̄ where e + Πᵀp ≥ p̄, else αe + βΠᵀp; p̄_i = Σ_j L_ij + external; Π_ij = L_ij/p̄_i; equity = max(0, e + Πᵀp − p̄)',
  range: '0 ≤ payments ≤ p̄; equity ≥ 0',
  source: 'Eisenberg & Noe 2001, Management Science 47(2); Rogers & Veraart 2013, Management Science 59(4)',
  pitfall:
    'rows owe columns (the transpose of exposures); external debt ranks with interbank debt; waves are those of the greatest solution',
  input: fields.superRefine(({ liabilities, externalAssets, externalLiabilities }, context) => {
    requireLength(context, ['externalAssets'], externalAssets, liabilities.length, 'liabilities');
    requireLength(context, ['externalLiabilities'], externalLiabilities, liabilities.length, 'liabilities');
  }),
  example: {
    liabilities: [
      [0, 2, 1],
      [3, 0, 1],
      [2, 5, 0],
    ],
    externalAssets: [1, 1, 1],
    alpha: 0.8,
    beta: 0.6,
  },
  table: 'liabilities',
  compute: ({ liabilities, externalAssets, externalLiabilities, alpha, beta, solution }: Input) => {
    const system = {
      owed: csrFromDense(liabilities),
      externalAssets: Float64Array.from(externalAssets),
      externalLiabilities: Float64Array.from(externalLiabilities ?? externalAssets.map(() => 0)),
    };
    const { value, iterations, residual } = solutions[solution](system, { alpha, beta });
    return {
      payments: [...value.payments],
      defaulted: [...value.defaulted],
      equity: [...value.equity],
      waves: value.waves,
      iterations,
      residual,
    };
  },
});
