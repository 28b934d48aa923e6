import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { best, deepQLessons } from '../policies/deep-q.js';
import { policyCohort } from '../policies/policy-cohort.js';
import { architecture } from './architecture.js';
import { feedForward, feedForwardOptions } from './policy-networks.js';
import { costOption, episodeOption } from './policy-options.js';

/** The value of three tilts, of which the best is taken. */
export const deepQ = architecture({
  summary:
    'Deep Q-learning: a network values three tilts (under, at, over the benchmark), and the best is taken',
  source:
    'Mnih et al. 2015, Nature 518; Zhang, Zohren & Roberts 2020, Deep Reinforcement Learning for Trading',
  interpretability: 'black-box',
  uncertainty: "the outcome's own deviation: a policy states no error of a forecast",
  federates: 'average',
  learns: 'by reward',
  options: z.strictObject({
    ...feedForwardOptions,
    ...episodeOption,
    ...costOption,
    exploration: field(
      z.number().min(0).max(1).default(0.5),
      'Share of tilts tried at random in training',
      'share',
    ),
    discount: field(
      z.number().min(0).lt(1).default(0.5),
      'Weight of the best that the next day offers',
      'share',
    ),
  }),
  create: (shape, options, size, engine) => {
    const width = shape.features * shape.window;
    // The network reads the tilt that is asked about behind the row.
    const reading = { ...shape, features: width + 1, window: 1 };
    return policyCohort(
      {
        architecture: 'deep-q',
        assets: shape.assets,
        width,
        reads: width + 1,
        days: options.days,
        // Three tilts are valued, and the one that was tried once more.
        work: { forecast: 3, forward: 4, pullBack: 1, steps: 1, perParameter: 0 },
        lessons: (actor, episode, stream) => deepQLessons(actor, episode, width, options, stream),
        positions: (actor, rows) => best(actor.outputs, rows, width).tilt,
      },
      feedForward('deep-q', reading, options, engine),
      size,
    );
  },
});
