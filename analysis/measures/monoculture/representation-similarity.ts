import { z } from 'zod';
import { centred } from '../../../core/centring.js';
import { centredRows, linearTable } from '../../../core/kernel-table.js';
import { matrix } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { pairMean, pairTable } from '../pairs.js';
import { alignment, centrings, fewestSamples, MOST_SAMPLES } from './cka.js';

const input = z
  .strictObject({
    representations: z.array(matrix).min(2, 'needs at least 2 models'),
    estimator: z.enum(['unbiased', 'biased'], 'must be "unbiased" or "biased"').default('unbiased'),
  })
  .superRefine(({ representations, estimator }, context) => {
    const probes = representations[0]!.length;
    representations.forEach((rows, i) => {
      if (rows.length !== probes || probes < fewestSamples[estimator] || probes > MOST_SAMPLES)
        context.addIssue({
          code: 'custom',
          path: ['representations', i],
          message: `has ${rows.length} probes: all models need the same ${fewestSamples[estimator]} to ${MOST_SAMPLES}`,
        });
    });
  });

function compute({ representations, estimator }: z.infer<typeof input>) {
  const tables = representations.map((rows, i) => {
    const table = centred(linearTable(centredRows(rows)), rows.length, centrings[estimator]);
    if (table !== null) return table;
    throw new MeasureInputError('does not vary over the probes', ['representations', i]);
  });
  const pairs = pairTable(tables, alignment);
  return { cka: pairs, mean: pairMean(pairs) };
}

export const representationSimilarity = measure({
  summary: 'Representation similarity: linear CKA of every pair of models on a common probe set.',
  formula: 'CKA_ij of the hidden layers on the same probes; mean over pairs',
  range: 'biased [0, 1]; unbiased about 0 for independent representations, at most 1',
  source: 'Kornblith, Norouzi, Lee & Hinton 2019, ICML',
  pitfall: 'Alike representations can forecast differently: read it beside forecast similarity.',
  input,
  example: {
    representations: [
      [
        [1, 2],
        [3, 4],
        [5, 7],
        [0, 1],
      ],
      [
        [2, 0],
        [1, 1],
        [3, 5],
        [0, 1],
      ],
      [
        [2, 4],
        [6, 8],
        [10, 14],
        [0, 2],
      ],
    ],
  },
  compute,
});
