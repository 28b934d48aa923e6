import { z } from 'zod';
import { choice, choices, type Options } from './catalogue.js';
import { field, nonNegative, positive, section, unitInterval, wholeDays } from './field.js';

export const learningSchema = (architectures: Options) =>
  section(
    {
      architectures: choices(
        'name',
        architectures,
        [{ name: 'mlp' }, { name: 'linear' }],
        'Architectures in use; the first is the dominant one, whose share homogeneity.models sets.',
      ),
      historyDays: field(
        z.int().min(0).max(5000).default(750),
        'Private pre-sample days that each institution has seen.',
        'days',
      ),
      window: field(
        wholeDays.max(10_000).default(750),
        'Most recent days of samples kept for training.',
        'days',
      ),
      minSamples: field(
        z.int().min(1).default(600),
        'Matured samples (one a day and asset) before an institution acts on its forecasts.',
        'samples',
      ),
      localSteps: field(
        z.int().min(0).max(10_000).default(5),
        'Minibatch steps a round; 0 learns nothing.',
        'count',
      ),
      firstSteps: field(
        z.int().min(0).max(100_000).default(400),
        'Minibatch steps of an institution’s first round, on its private history.',
        'count',
      ),
      batchSize: field(
        z.int().min(1).max(4096).default(32),
        'Samples a minibatch; architectures that learn by refitting take all samples at once.',
        'samples',
      ),
      learningRate: field(positive.max(10).default(0.003), 'Of the Adam optimiser.', 'ratio'),
      penalties: section(
        {
          l2: field(
            nonNegative.default(0.005),
            'Weight of the squared norm of the parameters, in architectures that learn by gradient.',
            'weight',
          ),
          proximal: field(
            nonNegative.default(0),
            'Weight of the squared distance to the federation (FedProx).',
            'weight',
          ),
          decorrelation: field(
            nonNegative.default(0),
            "Weight of the squared correlation with the federation's mean forecast on public probes.",
            'weight',
          ),
        },
        'Named terms added to the loss.',
      ),
      targets: field(
        z.enum(['returns', 'shuffled']).default('returns'),
        'What is learned: coming returns, or the same returns shuffled over samples (a control that must learn nothing).',
        'name',
      ),
    },
    'How a mind is trained.',
  );

export const federationSchema = (aggregations: Options) =>
  section(
    {
      membership: field(
        z.enum(['architecture', 'type', 'local', 'centralised']).default('architecture'),
        'Who aggregates together: all of one architecture, all of one architecture and type, nobody, or one learner on the pooled data of each architecture.',
        'name',
      ),
      aggregation: choice('rule', aggregations, 'fedavg', 'How updates become one model.'),
      probes: field(
        z.int().min(0).max(4096).default(64),
        'Public synthetic inputs on which forecasts are compared at every round.',
        'count',
      ),
    },
    'Federated learning.',
  );

export const decideSchema = section(
  {
    trade: field(
      unitInterval.gt(0).default(0.02),
      'Share of the distance to target that is traded in a day.',
      'share',
    ),
    confidence: field(
      positive.max(100).default(1),
      'Forecasts are multiplied by this before they become expected returns.',
      'ratio',
    ),
    covarianceHalfLife: section(
      {
        shortest: field(positive.default(40), 'Shortest half-life of an institution, drawn by lot.', 'days'),
        longest: field(positive.default(120), 'Longest half-life of an institution, drawn by lot.', 'days'),
        common: field(positive.default(60), 'Half-life of the common risk model.', 'days'),
      },
      'Memory of the exponentially weighted covariance.',
    ).refine((h) => h.longest >= h.shortest, {
      message: 'longest must not be below shortest',
      path: ['longest'],
    }),
  },
  'From forecasts to orders.',
);

export const homogeneitySchema = section(
  {
    signals: field(
      unitInterval.default(0),
      'Share of the noise of a data source that its subscribers have in common, at constant information.',
      'share of variance',
    ),
    models: field(
      unitInterval.default(0.5),
      'Share of institutions moved from an even split over architectures to the dominant one.',
      'share',
    ),
    updates: field(
      unitInterval.default(0.5),
      "Mixing: share of the federation's model in each institution's model after a round.",
      'share',
    ),
    initialisation: field(
      unitInterval.default(1),
      'Share of the variance of first parameters that institutions have in common.',
      'share of variance',
    ),
    risk: field(
      unitInterval.default(0),
      'Share of the common covariance in each institution’s risk model.',
      'share',
    ),
  },
  'The channels through which minds become alike, each its own switch.',
);
