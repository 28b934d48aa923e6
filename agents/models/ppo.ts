import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { policyCohort } from '../policies/policy-cohort.js';
import { proximalPolicyLessons } from '../policies/proximal-policy.js';
import { squashedPositions } from '../policies/squashed.js';
import { architecture } from './architecture.js';
import { attentive, attentiveOptions } from './policy-networks.js';
import { costOption, episodeOption, gamblingOptions } from './policy-options.js';

/** A stochastic policy over a transformer, moved no further than its tries can tell. */
export const ppo = architecture({
  summary:
    'Positions from a transformer, trained by proximal policy optimisation on the net returns of what it tries',
  source:
    'Schulman et al. 2017, Proximal Policy Optimization Algorithms, without a critic: a small trader moves no state',
  interpretability: 'black-box',
  uncertainty: "the outcome's own deviation: a policy states no error of a forecast",
  federates: 'average',
  learns: 'by reward',
  options: z.strictObject({
    ...attentiveOptions,
    ...episodeOption,
    ...costOption,
    ...gamblingOptions,
    clip: field(
      z.number().gt(0).lt(1).default(0.2),
      'How far the odds of an action may move in one episode',
      'share',
    ),
    epochs: field(z.int().min(1).max(50).default(4), 'Steps taken on each episode', 'count'),
  }),
  create: (shape, options, size, engine) => {
    const width = shape.features * shape.window;
    const { days, epochs } = options;
    const work = { forecast: 1, forward: epochs, pullBack: epochs, steps: epochs, perParameter: 0 };
    const policy = { architecture: 'ppo', assets: shape.assets, width, reads: width, days, work };
    return policyCohort(
      {
        ...policy,
        lessons: (actor, episode, stream) => proximalPolicyLessons(actor, episode, options, stream),
        positions: squashedPositions,
      },
      attentive('ppo', shape, options, engine),
      size,
    );
  },
});
