import { z } from 'zod';
import { policyCohort } from '../policies/policy-cohort.js';
import { policyGradientLessons } from '../policies/policy-gradient.js';
import { squashedPositions } from '../policies/squashed.js';
import { architecture } from './architecture.js';
import { attentive, attentiveOptions } from './policy-networks.js';
import { costOption, episodeOption, gamblingOptions } from './policy-options.js';

/** A stochastic policy over a transformer. */
export const policyGradient = architecture({
  summary:
    'Positions from a transformer, trained by policy gradient on the net returns of actions that it tries',
  source: 'Williams 1992, Machine Learning 8 (REINFORCE), with the mean of the episode as its baseline',
  interpretability: 'black-box',
  uncertainty: "the outcome's own deviation: a policy states no error of a forecast",
  federates: 'average',
  learns: 'by reward',
  options: z.strictObject({ ...attentiveOptions, ...episodeOption, ...costOption, ...gamblingOptions }),
  create: (shape, options, size, engine) => {
    const width = shape.features * shape.window;
    const policy = {
      architecture: 'policy-gradient',
      assets: shape.assets,
      width,
      reads: width,
      days: options.days,
      work: { forecast: 1, forward: 1, pullBack: 1, steps: 1, perParameter: 0 },
    };
    return policyCohort(
      {
        ...policy,
        lessons: (actor, episode, stream) => policyGradientLessons(actor, episode, options, stream),
        positions: squashedPositions,
      },
      attentive('policy-gradient', shape, options, engine),
      size,
    );
  },
});
