import { z } from 'zod';
import { matrix, requireLength, vector } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { pairList } from '../pairs.js';

type Labels = ArrayLike<number>;

/** Share of cases that two classifiers label differently.
 * @formula (1/T) Σ [a_t ≠ b_t]
 * @range   [0, 1]
 */
export function disagreementShare(a: Labels, b: Labels): number {
  let unequal = 0;
  for (let t = 0; t < a.length; t++) unequal += +(a[t] !== b[t]);
  return unequal / a.length;
}

const frequencies = (labels: Labels): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const label of Array.from(labels)) counts.set(label, (counts.get(label) ?? 0) + 1 / labels.length);
  return counts;
};

/** Agreement beyond what the two label frequencies give by chance; null where chance alone agrees always.
 * @formula κ = (p_o − p_e)/(1 − p_e), p_e = Σ_c P(a = c) P(b = c)
 * @range   [−1, 1]
 * @source  Cohen 1960, Educational and Psychological Measurement 20(1)
 */
export function cohenKappa(a: Labels, b: Labels): number | null {
  const other = frequencies(b);
  const chance = [...frequencies(a)].reduce(
    (sum, [label, share]) => sum + share * (other.get(label) ?? 0),
    0,
  );
  const constant = new Set([...Array.from(a), ...Array.from(b)]).size === 1;
  return constant ? null : (1 - disagreementShare(a, b) - chance) / (1 - chance);
}

const input = z
  .strictObject({ labels: matrix, truth: vector.optional() })
  .superRefine(({ labels, truth }, context) => {
    requireLength(context, ['truth'], truth, labels[0]?.length ?? 0, 'labels');
    if (labels.length < 2)
      context.addIssue({ code: 'custom', path: ['labels'], message: 'needs at least 2 models (rows)' });
  });

export const disagreement = measure({
  summary: "Disagreement of every pair of models' labels, and Cohen's κ; accuracy where the truth is given.",
  formula: 'mean_t [a_t ≠ b_t]; κ = (p_o − p_e)/(1 − p_e)',
  range: 'disagreement [0, 1]; κ [−1, 1]',
  source:
    'Cohen 1960, Educational and Psychological Measurement 20(1); Kuncheva & Whitaker 2003, Machine Learning 51',
  pitfall:
    'Pairs are in the order (0,1), (0,2), ..., (1,2), .... κ is null where both always give one same label.',
  input,
  table: 'labels',
  example: {
    labels: [
      [1, 0, 1, 1, 0],
      [1, 1, 1, 0, 0],
      [0, 0, 1, 1, 0],
    ],
    truth: [1, 0, 1, 1, 1],
  },
  compute: ({ labels, truth }: z.infer<typeof input>) => ({
    disagreement: pairList(labels, disagreementShare),
    kappa: pairList(labels, cohenKappa),
    ...(truth === undefined ? {} : { accuracy: labels.map((row) => 1 - disagreementShare(row, truth)) }),
  }),
});
