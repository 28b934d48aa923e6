import { z } from 'zod';
import { requireLength, share, vector } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { cascade } from '../cascade.js';
import { csrFromDense } from '../csr.js';
import { exposureMatrix, institutionList, requireKnown } from '../exposures.js';

const fields = z.strictObject({
  exposures: exposureMatrix,
  equity: vector,
  defaulted: institutionList,
  lossGivenDefault: share.default(1),
});

type Input = z.output<typeof fields>;

export const cascadeMeasure = measure({
  summary: 'Threshold cascade of defaults through exposures (Furfine).',
  formula: 'losses_i = λ Σ_{j defaulted} A_ij; i defaults when losses_i ≥ E_i',
  range: 'losses ≥ 0, not capped at equity; rounds counts those in which somebody followed',
  source: 'Furfine 2003, Journal of Money, Credit and Banking 35(1)',
  pitfall: 'rows lend to columns; equity that is not positive means default from the start',
  input: fields.superRefine(({ exposures, equity, defaulted }, context) => {
    requireLength(context, ['equity'], equity, exposures.length, 'exposures');
    requireKnown(context, 'defaulted', defaulted, exposures.length);
  }),
  example: {
    exposures: [
      [0, 4, 0],
      [0, 0, 3],
      [0, 0, 0],
    ],
    equity: [3, 2, 1],
    defaulted: [2],
  },
  table: 'exposures',
  compute: ({ exposures, equity, defaulted, lossGivenDefault }: Input) => {
    const { value, iterations, residual } = cascade(
      csrFromDense(exposures),
      equity,
      defaulted,
      lossGivenDefault,
    );
    return {
      defaulted: [...value.defaulted],
      rounds: iterations,
      losses: [...value.losses],
      residual,
    };
  },
});
