import { z } from 'zod';
import { choice, choices, optionalChoice, type Catalogue } from './catalogue.js';
import { isRecord } from './layers.js';
import { day, field, id, nonNegative, positive, section, unitInterval, wholeDays } from './field.js';

/** What a type of institution may name. */
type Deciding = Pick<
  Catalogue,
  'strategies' | 'riskModels' | 'overlays' | 'triggers' | 'executions' | 'integrations'
>;

const typeSchema = ({ strategies, riskModels, overlays, triggers, executions, integrations }: Deciding) =>
  z.strictObject({
    share: field(
      unitInterval,
      'Share of the institutions that are of this type; shares sum to 1.',
      'share of count',
    ),
    leverage: field(
      z.number().min(1).max(60),
      'Assets over equity on day 0, before cash is netted against debt to the prime broker.',
      'ratio',
    ),
    leverageDispersion: field(
      nonNegative.max(2).default(0),
      'Standard deviation, over institutions of the type, of the log of leverage less 1; draws end at two of them, and at leverageTarget.',
      'log units',
    ),
    leverageCap: field(z.number().gt(1).max(200), 'Assets over equity above which it must sell.', 'ratio'),
    leverageTarget: field(z.number().gt(1).max(200), 'Assets over equity to which it then sells.', 'ratio'),
    loanShare: field(unitInterval.default(0), 'Illiquid loans as a share of assets on day 0.', 'share'),
    interbankShare: field(
      unitInterval.default(0),
      'Claims on other institutions as a share of assets on day 0.',
      'share',
    ),
    haircuts: field(
      z.record(id, unitInterval).default({}),
      'Share of a position, long or short, that own money must cover, by asset class or asset id; what is not named has none. Holdings and net cash worth less than that are a margin call.',
      'share of value',
    ),
    cashShare: field(
      unitInterval.default(0.03),
      'Cash as a share of assets on day 0, and what strategies leave uninvested.',
      'share',
    ),
    fundingShare: field(
      unitInterval.default(1),
      'Share of debt that is stable funding (deposits, premiums) or interbank; the rest is owed to the prime broker.',
      'share',
    ),
    benchmark: field(
      z.record(id, nonNegative),
      'Strategic weights by asset class or asset id, split inside a class by float; they sum to 1.',
      'share of tradable holdings',
    ),
    riskAversion: field(positive.default(3), 'Mean-variance trade-off.', '1 / yearly variance'),
    volatilityTarget: field(
      positive.nullable().default(null),
      'Forecast volatility of the tradable book above which it is scaled down; null: none.',
      'per year',
    ),
    positionLimit: field(
      unitInterval.gt(0).default(1),
      'Largest weight of one asset in the tradable book.',
      'share',
    ),
    activeLimit: field(
      nonNegative.max(20).default(0.5),
      'Largest distance of a weight from its benchmark weight, as a share of the latter; above 1, a strategy that is not long-only may go short.',
      'share',
    ),
    turnoverBudget: field(
      unitInterval.gt(0).default(0.2),
      'Largest one-way turnover in a trading day.',
      'share of the tradable book',
    ),
    sources: field(
      z.array(id).default([]),
      'Data sources it subscribes to, beside the public tape.',
      'list of names',
    ),
    architectures: field(
      z.array(id).min(1).optional(),
      'Architectures that institutions of this type may have, by lot and by mandate; without it, any of learning.architectures.',
      'list of names',
    ),
    overseer: field(
      overseer.nullable().default(null),
      'Whose approval large orders, or all orders in stress, wait for; null: nobody’s.',
      'record',
    ),
    integration: choice('view', integrations, 'model', 'What it takes for its view of the coming days.'),
    strategy: choice('name', strategies, 'mean-variance', 'How forecasts become weights.'),
    riskModel: optionalChoice(
      'estimator',
      riskModels,
      'How it estimates the covariance of returns; without it, by exponential weights whose half-life is drawn from decide.covarianceHalfLife.',
    ),
    overlay: choices('rule', overlays, [], 'Rules laid over the strategy’s weights, in this order.'),
    rebalancing: choice(
      'trigger',
      triggers,
      'calendar',
      'When it rebalances, of the days on which it may trade.',
    ),
    execution: choice(
      'slicing',
      executions,
      'proportional',
      'How the way to the target is spread over days.',
    ),
    harvesting: field(
      harvesting.optional(),
      'Sells what has lost and buys what moves most like it, to set the loss against taxed gains; needs market.costs.gainsTaxRate. Without it, no loss is taken for its own sake.',
      'record',
    ),
    latencyTier: field(
      z.int().min(0).max(9).default(0),
      'Speed class of its orders in a market where they arrive one by one; 0 is the fastest.',
      'tier',
    ),
    contributionRate: field(
      nonNegative.default(0),
      'Money that beneficiaries pay in.',
      'share of assets per year',
    ),
    claimRate: field(
      nonNegative.default(0),
      'Money paid out to beneficiaries or claimants.',
      'share of assets per year',
    ),
    payoutRate: field(
      nonNegative.max(252).default(0),
      'Share of the equity beyond what its day-0 leverage needs that it pays out to owners.',
      'per year',
    ),
    flowSensitivity: field(
      nonNegative.default(0),
      'Redemptions (and inflows) a day per unit of return over the last 20 days.',
      'share of assets per day per unit return',
    ),
  });

export type InstitutionType = z.output<ReturnType<typeof typeSchema>>;

const active = ['macro', 'sentiment', 'alternative'];

/** Template books: orders of magnitude with their sources in docs/model.md. */
const defaultTypes = {
  bank: {
    latencyTier: 1,
    share: 0.25,
    leverage: 18,
    leverageDispersion: 0.25,
    payoutRate: 2,
    leverageCap: 33,
    leverageTarget: 29,
    loanShare: 0.5,
    interbankShare: 0.08,
    cashShare: 0.08,
    benchmark: { government: 0.55, credit: 0.3, equity: 0.1, commodity: 0.05 },
    riskAversion: 4,
    activeLimit: 0.2,
    sources: active,
  },
  'asset-manager': {
    latencyTier: 2,
    share: 0.3,
    leverage: 1.02,
    leverageDispersion: 0.25,
    leverageCap: 1.5,
    leverageTarget: 1.3,
    interbankShare: 0.01,
    benchmark: { equity: 0.6, government: 0.15, credit: 0.15, 'real-estate': 0.05, commodity: 0.05 },
    riskAversion: 3,
    activeLimit: 0.2,
    sources: active,
    flowSensitivity: 0.02,
  },
  'hedge-fund': {
    share: 0.15,
    leverage: 5,
    leverageDispersion: 0.25,
    leverageCap: 9.5,
    leverageTarget: 8,
    interbankShare: 0.01,
    cashShare: 0.02,
    fundingShare: 0,
    benchmark: { equity: 0.5, credit: 0.25, commodity: 0.1, government: 0.11, crypto: 0.03, carbon: 0.01 },
    riskAversion: 2,
    volatilityTarget: 1,
    activeLimit: 0.4,
    turnoverBudget: 0.4,
    sources: active,
    flowSensitivity: 0.03,
  },
  'pension-fund': {
    latencyTier: 3,
    share: 0.15,
    leverage: 1.1,
    leverageDispersion: 0.25,
    leverageCap: 1.8,
    leverageTarget: 1.5,
    interbankShare: 0.01,
    benchmark: { equity: 0.45, government: 0.25, credit: 0.15, 'real-estate': 0.1, commodity: 0.05 },
    riskAversion: 5,
    activeLimit: 0.1,
    turnoverBudget: 0.1,
    sources: ['macro'],
    contributionRate: 0.03,
    claimRate: 0.03,
  },
  insurer: {
    latencyTier: 3,
    share: 0.15,
    leverage: 10,
    leverageDispersion: 0.25,
    payoutRate: 2,
    leverageCap: 38,
    leverageTarget: 34,
    loanShare: 0.1,
    interbankShare: 0.03,
    benchmark: { government: 0.5, credit: 0.35, equity: 0.1, 'real-estate': 0.05 },
    riskAversion: 6,
    activeLimit: 0.1,
    turnoverBudget: 0.1,
    sources: ['macro', 'sentiment'],
    contributionRate: 0.05,
    claimRate: 0.05,
  },
};

const outage = z
  .strictObject({
    institution: field(id.optional(), 'Whose model is down.', 'institution id'),
    region: field(id.optional(), 'Whose compute is down: everybody’s in this region.', 'region'),
    from: field(day, 'First day.', 'day'),
    to: field(day, 'Last day.', 'day'),
    fallback: field(
      z.enum(['hold', 'benchmark', 'unwind']).default('hold'),
      'What an institution does without its model, which neither trains nor decides: hold, trade part of the way back to its benchmark, or sell part of everything.',
      'name',
    ),
    redundancy: field(
      unitInterval.default(0),
      'Share of those struck who have a standby elsewhere, drawn by lot; where one alone is struck, the chance that it has.',
      'share',
    ),
    failoverDays: field(z.int().min(0).max(1000).default(0), 'Days until a standby takes over.', 'days'),
  })
  .refine((o) => o.to >= o.from, { message: 'ends before it begins', path: ['to'] })
  .refine((o) => (o.institution === undefined) !== (o.region === undefined), {
    message: 'names exactly one of institution, region',
    when: ({ value }) => isRecord(value),
  });

export type Outage = z.output<typeof outage>;

const overseer = z
  .strictObject({
    beyondShare: field(
      nonNegative.nullable().default(null),
      'Value of an order, over that of the tradable book, beyond which it waits; 0: every order waits; null: none for its size.',
      'share',
    ),
    inDrawdown: field(
      unitInterval.gt(0).lt(1).nullable().default(null),
      'Fall of the index from its highest close of the last 20 days from which every order waits; null: none for stress.',
      'share of index',
    ),
    waitDays: field(wholeDays.max(250).default(1), 'Days after which the script decides.', 'days'),
    verdict: field(
      z.enum(['approve', 'reject', 'sales-only', 'when-calm']).default('approve'),
      'What the script decides on an order that nobody has decided on: approve, reject, approve sales only, or approve unless the market is still in stress.',
      'name',
    ),
  })
  .refine((o) => o.beyondShare !== null || o.inDrawdown !== null, {
    message: 'lets every order pass: set beyondShare or inDrawdown',
    path: ['beyondShare'],
  })
  .refine((o) => o.verdict !== 'when-calm' || o.inDrawdown !== null, {
    message: '"when-calm" needs to know what stress is: set inDrawdown',
    path: ['verdict'],
  });

const harvesting = z.strictObject({
  threshold: field(
    unitInterval.lt(1).default(0.05),
    'Least share of its cost that a lot must have lost.',
    'share',
  ),
  every: field(wholeDays.max(2520).default(21), 'Days between looks at the lots.', 'days'),
});

export type Overseer = z.output<typeof overseer>;

export const institutionsSchema = (deciding: Deciding) =>
  section(
    {
      count: field(z.int().min(2).max(100_000).default(60), 'Number of institutions.', 'count'),
      floatShare: field(
        unitInterval.gt(0).lt(1).default(0.3),
        'Share of the float that institutions own together on day 0.',
        'share',
      ),
      ownershipFit: field(
        unitInterval.max(0.99).default(0.5),
        'How far holdings are fitted to floatShare asset by asset: 0 leaves the type benchmarks, near 1 makes institutions own that share of every asset.',
        'share',
      ),
      sizes: section(
        {
          paretoExponent: field(
            positive.max(10).default(1.1),
            'Tail exponent of the sizes of tradable books.',
            'exponent',
          ),
          largestShare: field(
            unitInterval.gt(0).default(0.1),
            'Largest share of the total that one institution may have.',
            'share',
          ),
        },
        'How unequal institutions are.',
      ),
      types: field(
        z.record(id, typeSchema(deciding)).prefault(defaultTypes as never),
        'Template book and behaviour of each type of institution; naming any replaces the whole roster of types.',
        'record',
      ),
      regions: field(
        z.record(id, unitInterval).default({ main: 1 }),
        'Where institutions have their compute: share of institutions in each region, by lot; shares sum to 1.',
        'share of count',
      ),
      outages: field(
        z.array(outage).default([]),
        'Spans of days on which an institution, or a region, has no model.',
        'list',
      ),
    },
    'Who invests.',
  );
