import { z } from 'zod';
import { directLesson } from '../policies/direct.js';
import { policyCohort } from '../policies/policy-cohort.js';
import { squashedPositions } from '../policies/squashed.js';
import { architecture } from './architecture.js';
import { feedForward, feedForwardOptions } from './policy-networks.js';
import { episodeOption, goalOptions } from './policy-options.js';

/** Positions straight from a network, trained on the Sharpe or Sortino ratio of the path that they make. */
export const sharpePolicy = architecture({
  summary:
    'Positions straight from a network, trained by gradient on the Sharpe or Sortino ratio of its own path',
  source:
    'Moody & Saffell 2001; Lim, Zohren & Roberts 2019 (turnover in training); Zhang, Zohren & Roberts 2020, Deep Learning for Portfolio Optimization',
  interpretability: 'black-box',
  uncertainty: "the outcome's own deviation: a policy states no error of a forecast",
  federates: 'average',
  learns: 'by reward',
  options: z.strictObject({ ...feedForwardOptions, ...episodeOption, ...goalOptions }),
  create: (shape, options, size, engine) => {
    const width = shape.features * shape.window;
    const policy = {
      architecture: 'sharpe-policy',
      assets: shape.assets,
      width,
      reads: width,
      days: options.days,
      work: { forecast: 1, forward: 1, pullBack: 1, steps: 1, perParameter: 0 },
    };
    return policyCohort(
      {
        ...policy,
        lessons: (actor, episode) => [directLesson(actor, episode, options)],
        positions: squashedPositions,
      },
      feedForward('sharpe-policy', shape, options, engine),
      size,
    );
  },
});
