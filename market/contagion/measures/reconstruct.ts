import { z } from 'zod';
import { nonNegativeVector, requireLength } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import type { Solved } from '../../../core/not-converged.js';
import { denseFromCsr } from '../csr.js';
import { impossibility } from '../marginals.js';
import { maxEntropy } from '../max-entropy.js';
import { minDensity } from '../min-density.js';

const fields = z.strictObject({
  assets: nonNegativeVector,
  liabilities: nonNegativeVector,
  method: z.enum(['max-entropy', 'min-density']),
  seed: z.int('must be a whole number').min(0, 'must not be negative').default(1),
});

type Input = z.output<typeof fields>;

const methods = {
  'max-entropy': maxEntropy,
  'min-density': (input: Input) => {
    const { value, ...how } = minDensity(input, input.seed);
    return { value: denseFromCsr(value), ...how };
  },
} satisfies Record<Input['method'], (input: Input) => Solved<number[][]>>;

export const reconstructMeasure = measure({
  summary: 'A network of exposures from what each institution lends and borrows in total.',
  formula:
    'Σ_j X_ij = assets_i, Σ_i X_ij = liabilities_j, X_ii = 0; X as even (RAS) or as sparse as that allows',
  range: 'X ≥ 0; meets the marginals to 1e-12 of their total; residual: the largest gap left',
  source:
    'Upper & Worms 2004, European Economic Review 48(4); Anand, Craig & von Peter 2015, Quantitative Finance 15(4)',
  pitfall:
    'rows lend to columns; maximum entropy understates contagion, minimum density overstates it; seed moves the latter only',
  input: fields.superRefine((input, context) => {
    requireLength(context, ['liabilities'], input.liabilities, input.assets.length, 'assets');
    const problem = impossibility(input);
    if (problem !== undefined && input.assets.length === input.liabilities.length)
      context.addIssue({ code: 'custom', path: [...problem.path], message: problem.message });
  }),
  example: { assets: [7, 5, 3, 1, 3, 0, 1], liabilities: [4, 5, 5, 0, 0, 2, 4], method: 'max-entropy' },
  compute: (input: Input) => {
    const { value, iterations, residual } = methods[input.method](input);
    return { exposures: value, iterations, residual };
  },
});
