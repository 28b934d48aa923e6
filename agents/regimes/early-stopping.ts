import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import type { Span } from '../samples.js';
import { regime } from './regime.js';

interface Options {
  readonly heldOutShare: number;
  readonly checkEvery: number;
  readonly patience: number;
}

/** The newest days apart, and between them and the rest the days whose outcomes overlap theirs left out. */
function heldApart({ window, from, to }: Span, share: number, horizon: number): readonly [Span, Span] {
  const apart = to - Math.max(0, Math.floor((to - from) * share));
  return [
    { window, from, to: Math.max(from, apart - (horizon - 1)) },
    { window, from: apart, to },
  ];
}

/** Stops where the newest days, which are not trained on, are forecast no better. */
export const earlyStopping = regime<Options, never>({
  summary: 'Early stopping: the newest days are held out, and the model that forecasts them best is kept',
  source: 'Prechelt 1998, Early Stopping - But When?; purged by López de Prado 2018, section 7.4',
  needs: 'gradient',
  options: z.strictObject({
    heldOutShare: field(
      z.number().gt(0).lt(1).default(0.2),
      'Share of the days, the newest, that is held out of training',
      'share',
    ),
    checkEvery: field(z.int().min(1).default(20), 'Minibatch steps from one look to the next', 'count'),
    patience: field(z.int().min(1).default(3), 'Looks without progress after which training stops', 'count'),
  }),
  prepare: ({ options, pupil }, lesson) => {
    const { heldOutShare, checkEvery, patience } = options;
    const cut = lesson.spans.map((span) => heldApart(span, heldOutShare, pupil.horizon));
    if (cut.some(([own, apart]) => own.from === own.to || apart.from === apart.to)) return { lesson };
    const [spans, heldOut] = [cut.map(([own]) => own), cut.map(([, apart]) => apart)];
    return { lesson: { ...lesson, spans, heldOut, stopping: { checkEvery, patience } } };
  },
  conclude: (_session, _lesson, { steps, heldOutLoss }) => ({
    readings:
      heldOutLoss === undefined
        ? []
        : [
            { quantity: 'steps', at: 0, value: steps },
            { quantity: 'held-out-loss', at: 0, value: heldOutLoss },
          ],
  }),
});
