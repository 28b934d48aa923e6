import { z } from 'zod';
import { centred, doubleCentred, unbiasedCentred, type Centring } from '../../../core/centring.js';
import { centredRows, linearTable, type Rows } from '../../../core/kernel-table.js';
import { matrix, positive, requireLength } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { dot } from '../../../core/numeric.js';
import { gaussianTable, medianDistance } from './kernels.js';

/** Tables of n² numbers are held in memory: above this a sample of probes says as much. */
export const MOST_SAMPLES = 8000;

/** Alignment of two centred kernel tables.
 * @formula ⟨K, L⟩ / √(⟨K, K⟩ ⟨L, L⟩)
 */
export const alignment = (k: Float64Array, l: Float64Array): number =>
  dot(k, l) / Math.sqrt(dot(k, k) * dot(l, l));

/** Similarity of two representations of the same samples, blind to rotation and scale.
 * @formula linear: ‖Y_c'X_c‖²_F / (‖X_c'X_c‖_F ‖Y_c'Y_c‖_F); unbiased: the same with HSIC₁ in place of HSIC
 * @shape   x (T,p), y (T,q): one sample a row, widths may differ
 * @range   biased [0, 1]; unbiased about 0 for independent representations, at most 1; NaN where one does not vary
 * @source  Kornblith, Norouzi, Lee & Hinton 2019, ICML; Nguyen, Raghu & Kornblith 2021, ICLR
 * @pitfall the biased estimator is inflated where samples are few and features many
 */
export function linearCka(
  x: readonly (readonly number[])[],
  y: readonly (readonly number[])[],
  centring: Centring = unbiasedCentred,
): number {
  const [k, l] = [x, y].map((rows) => centred(linearTable(centredRows(rows)), rows.length, centring));
  return k == null || l == null ? NaN : alignment(k, l);
}

export const centrings: Readonly<Record<'unbiased' | 'biased', Centring>> = {
  unbiased: unbiasedCentred,
  biased: doubleCentred,
};

export const fewestSamples: Readonly<Record<keyof typeof centrings, number>> = { unbiased: 4, biased: 2 };

type Table = (rows: Rows, sigma: number | undefined, key: string) => Float64Array;

const kernels: Readonly<Record<'linear' | 'rbf', Table>> = {
  linear: (rows) => linearTable(rows),
  rbf: (rows, sigma, key) => {
    const width = sigma ?? medianDistance(rows);
    if (width > 0) return gaussianTable(rows, width);
    throw new MeasureInputError(
      'more than half of its samples coincide: the median distance is 0, give a sigma',
      [key],
    );
  },
};

const input = z
  .strictObject({
    x: matrix,
    y: matrix,
    kernel: z.enum(['linear', 'rbf'], 'must be "linear" or "rbf"').default('linear'),
    sigmaX: positive.optional(),
    sigmaY: positive.optional(),
    estimator: z.enum(['unbiased', 'biased'], 'must be "unbiased" or "biased"').default('unbiased'),
  })
  .superRefine((given, context) => {
    const refuse = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    requireLength(context, ['y'], given.y, given.x.length, 'one row a sample of x');
    const least = fewestSamples[given.estimator];
    if (given.x.length < least)
      refuse('x', `has ${given.x.length} samples, but ${given.estimator} CKA needs ${least}`);
    if (given.x.length > MOST_SAMPLES)
      refuse('x', `has ${given.x.length} samples, above ${MOST_SAMPLES}: give a sample of them`);
    for (const key of ['sigmaX', 'sigmaY'] as const)
      if (given.kernel === 'linear' && given[key] !== undefined) refuse(key, 'belongs to the rbf kernel');
  });

function compute({ x, y, kernel, sigmaX, sigmaY, estimator }: z.infer<typeof input>) {
  const n = x.length;
  const table = (rows: number[][], sigma: number | undefined, key: string): Float64Array => {
    const result = centred(kernels[kernel](centredRows(rows), sigma, key), n, centrings[estimator]);
    if (result !== null) return result;
    throw new MeasureInputError(
      'does not vary enough over the samples: its similarity to anything is undefined',
      [key],
    );
  };
  return { cka: alignment(table(x, sigmaX, 'x'), table(y, sigmaY, 'y')) };
}

export const cka = measure({
  summary: 'CKA: similarity of two representations of the same probes, blind to rotation and scale.',
  formula: "‖Y_c'X_c‖²_F / (‖X_c'X_c‖_F ‖Y_c'Y_c‖_F), HSIC unbiased by default",
  range: 'biased [0, 1]; unbiased about 0 for independent representations, at most 1',
  source: 'Kornblith, Norouzi, Lee & Hinton 2019, ICML; Nguyen, Raghu & Kornblith 2021, ICLR (unbiased)',
  pitfall: 'Not blind to arbitrary invertible maps. The biased estimator is inflated where samples are few.',
  input,
  example: {
    x: [
      [1, 2],
      [3, 4],
      [5, 7],
      [0, 1],
      [2, 2],
    ],
    y: [
      [2, 0, 1],
      [1, 1, 0],
      [3, 5, 2],
      [0, 0, 1],
      [1, 2, 2],
    ],
  },
  compute,
});
