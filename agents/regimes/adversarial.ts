import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { accuracyOf } from '../accuracy.js';
import type { Adversary } from '../learning/cohort.js';
import type { Lesson, Pupil } from '../lesson.js';
import { laidOut, samplesIn } from '../samples.js';
import { regime } from './regime.js';

/** Rows under attack at a time: enough to say how much it hurts. */
const most = 256;

/** Loss as things are, and with every input moved against the model by the fast gradient sign. */
function underAttack({ cohort, slot, lookback }: Pupil, { spans }: Lesson, radius: number) {
  const width = lookback * spans[0]!.window.width;
  const all = samplesIn(spans, lookback);
  const count = Math.min(all.count, most - (most % cohort.rowsPerSample));
  const newest = {
    count,
    gather: (i: number, into: Float32Array, at: number) => all.gather(all.count - count + i, into, at),
  };
  const { inputs, targets } = laidOut(newest, width);
  const { mean } = cohort.forecast(slot, inputs, count);
  const slopes = cohort.pullBack!(
    slot,
    inputs,
    mean.map((f, i) => f - targets[i]!),
  ).inputs;
  const moved = inputs.map((x, j) => (x === 0 ? 0 : x + radius * Math.sign(slopes[j]!)));
  return {
    clean: accuracyOf(mean, targets).loss,
    attacked: accuracyOf(cohort.forecast(slot, moved, count).mean, targets).loss,
  };
}

/** Trains where the inputs hurt most. */
export const adversarial = regime<Adversary, never>({
  summary: 'Adversarial training: part of the loss is taken where the inputs are moved against the model',
  source: 'Goodfellow, Shlens & Szegedy 2015, Explaining and Harnessing Adversarial Examples',
  needs: 'gradient',
  isByExample: true,
  options: z.strictObject({
    radius: field(
      z.number().gt(0).default(0.1),
      'How far each input is moved; inputs are in standard deviations, and what is 0 is absent and stays',
      'standard deviations',
    ),
    share: field(
      z.number().gt(0).max(1).default(0.5),
      'Share of the loss that is taken at the moved inputs',
      'share',
    ),
  }),
  prepare: ({ options }, lesson) => ({ lesson: { ...lesson, adversary: options } }),
  conclude: ({ options, pupil }, lesson) => {
    const { clean, attacked } = underAttack(pupil, lesson, options.radius);
    return {
      readings: [
        { quantity: 'clean-loss', at: 0, value: clean },
        { quantity: 'attacked-loss', at: 0, value: attacked },
      ],
    };
  },
});
