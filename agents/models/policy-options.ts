import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { objectives, type Objective } from '../policies/objectives.js';

/** How long an episode is. */
export const episodeOption = {
  days: field(z.int().min(4).max(1000).default(60), 'Consecutive days of one episode of training', 'days'),
};

/** What moving a position costs, as training sees it. */
export const costOption = {
  cost: field(
    z.number().min(0).default(0.05),
    'Cost of moving a position by its whole room, in training',
    'standard deviations',
  ),
};

/** What a policy is paid for. */
export const goalOptions = {
  objective: field(
    z.enum(Object.keys(objectives) as [Objective, ...Objective[]]).default('sharpe'),
    'What is raised: mean over deviation, or over downside deviation, of the net returns of an episode',
    'name',
  ),
  ...costOption,
  drawdownWeight: field(
    z.number().min(0).default(0),
    "Weight of the mean distance of an episode's path from its highest point",
    'per standard deviation',
  ),
};

/** How a stochastic policy explores. */
export const gamblingOptions = {
  exploration: field(
    z.number().gt(0).max(5).default(0.5),
    "Deviation of the actions that are tried around the network's outputs",
    'outputs',
  ),
  discount: field(
    z.number().min(0).lt(1).default(0.5),
    "Weight of each later day's return beside the day's own",
    'share',
  ),
};

/** How mutants are bred. */
export const breedingOptions = {
  pairs: field(z.int().min(1).max(500).default(8), 'Pairs of opposite mutants a step', 'count'),
  mutation: field(z.number().gt(0).default(0.05), 'Deviation of a mutation of each parameter', 'parameter'),
};
