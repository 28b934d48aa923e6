import { z } from 'zod';
import { count, matrix, requireLength } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { applyIndex, fitIndex } from './stress-index.js';

/** A day's signal, and whether a crisis begins within the horizon after it. */
export interface Signal {
  readonly score: number;
  readonly crisis: boolean;
}

/** Calm days of one run, each with what comes within `horizon` days; days too near the end are left out unless a
 * crisis comes. Days in crisis warn of nothing: it is there. */
export function signalsOf(score: readonly number[], crises: readonly number[], horizon: number): Signal[] {
  return score.flatMap((s, t) => {
    if (crises[t] === 1) return [];
    const crisis = crises.slice(t + 1, t + 1 + horizon).includes(1);
    return crisis || t + horizon < score.length ? [{ score: s, crisis }] : [];
  });
}

/** Probability that a day before a crisis scores above another, ties counting half; null without both kinds.
 * @formula (Σ ranks of positives − n₁(n₁+1)/2) / (n₀ n₁), tied ranks averaged
 * @range   [0, 1]; 0.5 is a coin
 * @source  Hanley & McNeil 1982, Radiology 143(1)
 */
export function areaUnderCurve(signals: readonly Signal[]): number | null {
  const sorted = [...signals].sort((a, b) => a.score - b.score);
  const positives = sorted.filter((s) => s.crisis).length;
  const negatives = sorted.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let ranks = 0;
  for (let first = 0, end = 0; first < sorted.length; first = end) {
    while (end < sorted.length && sorted[end]!.score === sorted[first]!.score) end++;
    const rank = (first + 1 + end) / 2;
    ranks += rank * sorted.slice(first, end).filter((s) => s.crisis).length;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}

const run = z
  .strictObject({
    indicators: matrix,
    crises: z.array(z.literal([0, 1], 'must be 0 or 1')).min(1, 'must not be empty'),
  })
  .superRefine(({ indicators, crises }, context) =>
    requireLength(context, ['crises'], crises, indicators.length, 'indicators'),
  );

const runs = z.array(run).min(1, 'must not be empty');

const input = z
  .strictObject({ train: runs, test: runs, horizons: z.array(count).min(1, 'must not be empty') })
  .superRefine(({ train, test }, context) => {
    const m = train[0]?.indicators[0]?.length ?? 0;
    for (const [name, list] of Object.entries({ train, test }))
      list.forEach(({ indicators }, r) =>
        requireLength(context, [name, r, 'indicators', 0], indicators[0], m, 'the first run of train'),
      );
  });

/** How well the composite index of runs to fit on foretells crises in runs to test on. */
export function warningQuality({ train, test, horizons }: z.infer<typeof input>) {
  const weights = fitIndex(train.flatMap(({ indicators }) => indicators));
  if (weights === null) throw new MeasureInputError('an indicator never varies', ['train']);
  const scored = (score: (rows: number[][]) => number[]) =>
    horizons.map((horizon) =>
      areaUnderCurve(test.flatMap((r) => signalsOf(score(r.indicators), r.crises, horizon))),
    );
  return {
    horizons,
    auc: scored((rows) => applyIndex(rows, weights)),
    aucByIndicator: weights.loadings.map((_, j) => scored((rows) => rows.map((row) => row[j]!))),
    loadings: weights.loadings,
    explained: weights.explained,
  };
}

export const earlyWarning = measure({
  summary: 'Early warning: does a composite index, fitted on some runs, rise before crises in others?',
  formula: 'AUC of index_t against "a crisis day within t+1 … t+k", over calm days of the held-out runs',
  range:
    'auc in [0, 1], 0.5 is a coin, by horizon; null where the held-out runs hold no such day, or no other',
  source: 'Hanley & McNeil 1982, Radiology 143(1); Kaminsky, Lizondo & Reinhart 1998, IMF Staff Papers 45(1)',
  pitfall:
    'Indicators must use nothing after their day. Runs are whole paths: splitting one path lets train and test share a crisis.',
  input,
  example: {
    train: [
      {
        indicators: [
          [1, 2],
          [2, 2.5],
          [3, 4],
          [1, 1],
        ],
        crises: [0, 0, 1, 0],
      },
    ],
    test: [
      {
        indicators: [
          [1, 1],
          [1.5, 1],
          [3, 4],
          [4, 4],
          [1, 2],
          [1, 1],
        ],
        crises: [0, 0, 0, 1, 0, 0],
      },
    ],
    horizons: [1, 2],
  },
  compute: warningQuality,
});
