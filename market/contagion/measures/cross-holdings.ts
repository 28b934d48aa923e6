import { z } from 'zod';
import { nonNegative, nonNegativeVector, requireLength } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { toRows } from '../../../core/linear.js';
import { failureCascade } from '../cross-holdings.js';
import { csrFromDense } from '../csr.js';
import { exposureMatrix } from '../exposures.js';

const fields = z.strictObject({
  holdings: exposureMatrix,
  primitives: nonNegativeVector,
  shocked: nonNegativeVector,
  threshold: nonNegative,
  failureCost: nonNegative,
});

type Input = z.output<typeof fields>;

/** What outsiders own of each organisation must be positive, or values are not determined. */
function requireOwners({ holdings }: Input, context: z.core.$RefinementCtx): void {
  holdings.forEach((_, j) => {
    const owned = holdings.reduce((total, row) => total + (row[j] ?? 0), 0);
    if (owned >= 1)
      context.addIssue({
        code: 'custom',
        path: ['holdings', 0, j],
        message: `column ${j} sums to ${owned}: others must own less than all of it`,
      });
  });
}

export const crossHoldingsMeasure = measure({
  summary: 'Failures in a network of cross-holdings, wave by wave.',
  formula:
    'A = Ĉ(I − C)⁻¹, Ĉ_jj = 1 − Σ_i C_ij; v = A(Dp − b), b_i = failureCost · v_i(0) once v_i < threshold · v_i(0)',
  range: 'columns of A sum to 1; values may fall below 0 where the cost exceeds what is left',
  source: 'Elliott, Golub & Jackson 2014, American Economic Review 104(10)',
  pitfall: 'C_ij is the share of j held by i; primitives are values (Dp), not prices',
  input: fields.superRefine((input, context) => {
    requireLength(context, ['primitives'], input.primitives, input.holdings.length, 'holdings');
    requireLength(context, ['shocked'], input.shocked, input.holdings.length, 'holdings');
    requireOwners(input, context);
  }),
  example: {
    holdings: [
      [0, 0.2, 0.3],
      [0.4, 0, 0.1],
      [0.1, 0.3, 0],
    ],
    primitives: [10, 8, 6],
    shocked: [8, 8, 6],
    threshold: 0.95,
    failureCost: 0.5,
  },
  table: 'holdings',
  compute: ({ holdings, primitives, shocked, threshold, failureCost }: Input) => {
    const { value, iterations, residual } = failureCascade(
      csrFromDense(holdings),
      Float64Array.from(primitives),
      Float64Array.from(shocked),
      { threshold, cost: failureCost },
    );
    return {
      dependency: toRows(value.dependency, holdings.length, holdings.length),
      initialValues: [...value.initialValues],
      waves: value.waves,
      finalValues: [...value.finalValues],
      iterations,
      residual,
    };
  },
});
