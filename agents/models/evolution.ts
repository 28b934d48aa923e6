import { z } from 'zod';
import { evolutionLesson, evolutionWork } from '../policies/evolution.js';
import { policyCohort } from '../policies/policy-cohort.js';
import { squashedPositions } from '../policies/squashed.js';
import { architecture } from './architecture.js';
import { feedForward, feedForwardOptions } from './policy-networks.js';
import { breedingOptions, episodeOption, goalOptions } from './policy-options.js';

/** Positions from a network that is bred, not differentiated. */
export const evolution = architecture({
  summary:
    'Positions straight from a network, bred by evolution strategies on the ratio of the path that they make',
  source: 'Salimans et al. 2017, Evolution Strategies as a Scalable Alternative to Reinforcement Learning',
  interpretability: 'black-box',
  uncertainty: "the outcome's own deviation: a policy states no error of a forecast",
  federates: 'average',
  learns: 'by reward',
  options: z.strictObject({ ...feedForwardOptions, ...episodeOption, ...goalOptions, ...breedingOptions }),
  create: (shape, options, size, engine) => {
    const width = shape.features * shape.window;
    const policy = {
      architecture: 'evolution',
      assets: shape.assets,
      width,
      reads: width,
      days: options.days,
      work: evolutionWork(options),
    };
    return policyCohort(
      {
        ...policy,
        lessons: (actor, episode, stream) => [evolutionLesson(actor, episode, options, options, stream)],
        positions: squashedPositions,
      },
      feedForward('evolution', shape, options, engine),
      size,
    );
  },
});
