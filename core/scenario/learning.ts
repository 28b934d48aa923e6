import { z } from 'zod';
import { choice, choices, type Options } from './catalogue.js';
import { field, nonNegative, positive, section, unitInterval, wholeDays } from './field.js';
import { participationSchema } from './participation.js';
import { presenceSchema } from './presence.js';

const validationSchema = section(
  {
    everyRounds: field(
      z.int().min(0).default(0),
      'Rounds from one validation to the next, the first in round 1; 0: none.',
      'rounds',
    ),
    folds: field(z.int().min(1).max(50).default(5), 'Parts of the days that are forecast.', 'count'),
    scheme: field(
      z.enum(['walk-forward', 'k-fold']).default('walk-forward'),
      'What a fold trains on: all days before it, or all other days.',
      'name',
    ),
    embargoDays: field(
      z.int().min(0).default(5),
      'Days left out beside those that purging leaves out: before a test in walk-forward, after it in k-fold.',
      'days',
    ),
    share: field(
      unitInterval.gt(0).default(0.2),
      'Share of the learners that is validated each time, by lot.',
      'share of count',
    ),
  },
  'Out-of-sample accuracy: models that start from nothing are trained on part of the days and forecast the rest.',
);

const forgettingSchema = section(
  {
    everyRounds: field(
      z.int().min(0).default(0),
      'Rounds from one exam to the next, the first in round 1; 0: none.',
      'rounds',
    ),
    days: field(wholeDays.default(20), 'Newest days that an exam asks about.', 'days'),
    keep: field(z.int().min(1).default(10), 'Exams that are sat again, the latest.', 'count'),
  },
  'How well models still know days that they once learned.',
);

/** How local training is done unless a scenario says otherwise. */
export const trainingDefaults = {
  localSteps: 5,
  firstSteps: 400,
  batchSize: 32,
  learningRate: 0.003,
  l2: 0.005,
} as const;

export const learningSchema = (architectures: Options, regimes: Options) =>
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
        z.int().min(0).max(10_000).default(trainingDefaults.localSteps),
        'Minibatch steps a round; 0 learns nothing.',
        'count',
      ),
      firstSteps: field(
        z.int().min(0).max(100_000).default(trainingDefaults.firstSteps),
        'Minibatch steps of an institution’s first round, on its private history.',
        'count',
      ),
      batchSize: field(
        z.int().min(1).max(4096).default(trainingDefaults.batchSize),
        'Samples a minibatch; architectures that learn by refitting take all samples at once.',
        'samples',
      ),
      learningRate: field(
        positive.max(10).default(trainingDefaults.learningRate),
        'Of the Adam optimiser.',
        'ratio',
      ),
      penalties: section(
        {
          l2: field(
            nonNegative.default(trainingDefaults.l2),
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
            "Weight of the squared correlation with the mean forecast of its architecture's institutions on public probes.",
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
      regimes: choices(
        'name',
        regimes,
        [],
        'Training regimes, each at most once; they act together, whatever order they are listed in.',
      ),
      validation: validationSchema,
      forgetting: forgettingSchema,
    },
    'How a mind is trained.',
  );

/** What federation offers, by extension map. */
interface FederationOptions {
  readonly aggregations: Options;
  readonly personalisations: Options;
  readonly privacies: Options;
  readonly secureAggregations: Options;
  readonly compressions: Options;
  readonly attacks: Options;
}

export const federationSchema = ({
  aggregations,
  personalisations,
  privacies,
  secureAggregations,
  compressions,
  attacks,
}: FederationOptions) =>
  section(
    {
      membership: field(
        z.enum(['architecture', 'type', 'local', 'centralised', 'all']).default('architecture'),
        'Who aggregates together: all of one architecture, all of one architecture and type, nobody, one learner on the pooled data of each architecture, or all of any architecture (where the rule exchanges forecasts).',
        'name',
      ),
      aggregation: choice('rule', aggregations, 'fedavg', 'How updates become one model.'),
      personalisation: choice(
        'method',
        personalisations,
        'none',
        'What institutions keep to themselves of what they learn.',
      ),
      privacy: choice(
        'mechanism',
        privacies,
        'none',
        'What hides each institution in its federation’s model, or each example in what an institution learns.',
      ),
      secureAggregation: choice(
        'protocol',
        secureAggregations,
        'none',
        'What keeps each update from the coordinator.',
      ),
      compression: choice('method', compressions, 'none', 'How updates are made smaller on the wire.'),
      attacks: choices('kind', attacks, [], 'Attacks on federations by institutions in them.'),
      participation: participationSchema,
      presence: presenceSchema,
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
    pretraining: field(
      unitInterval.default(0),
      'Share of the days before day 1 in reach of training that all institutions have in common, the earliest of them.',
      'share of days',
    ),
    risk: field(
      unitInterval.default(0),
      'Share of the common covariance in each institution’s risk model.',
      'share',
    ),
  },
  'The channels through which minds become alike, each its own switch.',
);
