import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { directLesson } from '../policies/direct.js';
import { evolutionLesson, evolutionWork, mixedLesson, MIXING } from '../policies/evolution.js';
import { policyCohort } from '../policies/policy-cohort.js';
import { squashedPositions } from '../policies/squashed.js';
import { architecture } from './architecture.js';
import { feedForward, feedForwardOptions } from './policy-networks.js';
import { breedingOptions, episodeOption, goalOptions } from './policy-options.js';

/** Positions from a network that is bred and differentiated at once. */
export const evolutionGradient = architecture({
  summary:
    'Positions straight from a network, moved by evolution strategies and by gradient, each by its share',
  source: 'after Khadka & Tumer 2018, Evolution-Guided Policy Gradient in Reinforcement Learning',
  interpretability: 'black-box',
  uncertainty: "the outcome's own deviation: a policy states no error of a forecast",
  federates: 'average',
  learns: 'by reward',
  options: z.strictObject({
    ...feedForwardOptions,
    ...episodeOption,
    ...goalOptions,
    ...breedingOptions,
    share: field(z.number().gt(0).lt(1).default(0.5), 'Share of evolution in each step', 'share'),
  }),
  create: (shape, options, size, engine) => {
    const width = shape.features * shape.window;
    const bred = evolutionWork(options);
    const policy = {
      architecture: 'evolution-gradient',
      assets: shape.assets,
      width,
      reads: width,
      days: options.days,
      work: { ...bred, forward: bred.forward + 1, pullBack: 1, perParameter: bred.perParameter + MIXING },
    };
    return policyCohort(
      {
        ...policy,
        lessons: (actor, episode, stream) => [
          mixedLesson(
            evolutionLesson(actor, episode, options, options, stream),
            directLesson(actor, episode, options),
            options.share,
          ),
        ],
        positions: squashedPositions,
      },
      feedForward('evolution-gradient', shape, options, engine),
      size,
    );
  },
});
