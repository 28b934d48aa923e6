import { asset, day, f32, f64, institution, int, text, type Table } from './columns.js';

/** What institutions expected, and how they learned. */
export const mindTables = {
  forecasts: {
    level: 'standard',
    meaning: 'What each institution expected, one row a day, institution and asset.',
    columns: {
      day,
      institution,
      asset,
      mean: f32('standard deviations', 'Forecast of the standardised return over the horizon.'),
      stdDev: f32('standard deviations', 'Its stated uncertainty.'),
    },
  },
  rounds: {
    level: 'minimal',
    meaning: 'Federated rounds, one row a round and participant.',
    columns: {
      day,
      round: int('count', 'Round, from 1.'),
      federation: text('name', 'Federation.'),
      institution: text('id', 'Participant.'),
      examples: int('count', 'Training examples: its weight.'),
      loss: f64('squared standard deviations', 'Mean loss over local steps.'),
      updateNorm: f64('norm', 'Euclidean norm of its update.'),
      distance: f64('norm', 'Distance of its model to the federation’s after mixing.'),
      bytes: int('bytes', 'Size of its update on the wire.'),
      updateHash: text('hex', 'First 16 hex digits of the SHA-256 of its update.'),
    },
  },
  privacy: {
    level: 'minimal',
    meaning:
      'Privacy accounts, one row a round and institution (federation.privacy): what it has given away so far to whoever sees its federation’s models, or with dp-sgd its own.',
    columns: {
      day,
      round: int('count', 'Round, from 1.'),
      federation: text('name', 'Federation.'),
      institution: text('id', 'Institution.'),
      epsilon: f64('epsilon', 'Its ε after the round, at the δ of the scenario (Rényi accountant).'),
      clip: f64('norm', 'Bound on the length of an update, or with dp-sgd of one example’s gradient.'),
      noise: f64(
        'parameter',
        'Standard deviation of the noise in the mean update, or with dp-sgd in a lot’s sum of gradients, by coordinate.',
      ),
    },
  },
  skill: {
    level: 'minimal',
    meaning:
      'Sums over forecasts f that matured since the last round, their outcomes y, and least squares’ forecasts g: they give the information coefficient (core/skill.ts). At most 64 institutions, drawn by lot.',
    columns: {
      day,
      institution,
      n: f64('count', 'Matured forecasts.'),
      f: f64('standard deviations', 'Sum of forecasts.'),
      y: f64('standard deviations', 'Sum of outcomes.'),
      g: f64('standard deviations', 'Sum of least squares’ forecasts.'),
      ff: f64('squared standard deviations', 'Sum of f².'),
      yy: f64('squared standard deviations', 'Sum of y².'),
      gg: f64('squared standard deviations', 'Sum of g².'),
      fy: f64('squared standard deviations', 'Sum of f y.'),
      gy: f64('squared standard deviations', 'Sum of g y.'),
    },
  },
  training: {
    level: 'minimal',
    meaning:
      'What training regimes, validation and exams report, one row a learner and quantity (docs/how-to/training.md).',
    columns: {
      day,
      round: int('count', 'Round, from 1.'),
      institution: text('id', 'Learner: an institution, or a pool.'),
      quantity: text('name', 'What is reported.'),
      at: int('index', 'Of what: the fold of a validation, the last trading day of an exam, else 0.'),
      value: f64('as the quantity', 'Its value.'),
    },
  },
  probes: {
    level: 'standard',
    meaning: 'Forecasts of every institution’s model on public synthetic inputs, at every round.',
    columns: {
      day,
      institution,
      probe: int('index', 'Probe input.'),
      forecast: f32('standard deviations', 'Forecast.'),
    },
  },
  representations: {
    level: 'standard',
    meaning:
      'How alike models’ hidden representations of the public inputs are, at every round, where they have one.',
    columns: {
      day,
      institution,
      similarity: f64('CKA', 'Mean unbiased linear CKA with the other institutions’ representations.'),
    },
  },
  updates: {
    level: 'full',
    meaning: 'The raw updates of every round, one row a learner and parameter.',
    columns: {
      day,
      round: int('count', 'Round, from 1.'),
      institution: text('id', 'Who sent it: an institution, or a pool.'),
      parameter: int('index', 'Parameter, in the order its architecture declares them.'),
      delta: f32('parameter', 'Trained parameter less the federation’s at the start of the round.'),
    },
  },
} as const satisfies Record<string, Table>;
