import { z } from 'zod';
import { lotOrders, type LotOrder } from '../lots.js';
import { day, field, id, nonNegative, positive, section, unitInterval, wholeDays } from './field.js';
import { choice, type Options } from './catalogue.js';
import { isRecord } from './layers.js';

const shock = z
  .strictObject({
    day: field(day, 'Day on which the shock strikes, after decisions and before clearing.', 'day'),
    asset: field(id.optional(), 'Strikes this asset.', 'asset id'),
    class: field(id.optional(), 'Strikes every asset of this class.', 'asset class'),
    region: field(id.optional(), 'Strikes every asset of this region.', 'region'),
    sector: field(id.optional(), 'Strikes every asset of this sector.', 'sector'),
    currency: field(z.string().optional(), 'Strikes every asset in this currency.', 'ISO 4217'),
    factor: field(id.optional(), 'Strikes this factor; assets move by loading times volatility.', 'factor'),
    size: field(
      z.number().min(-20).max(20),
      'Log return of the assets struck, or daily standard deviations of the factor.',
      'log return, or standard deviations',
    ),
    halfLifeDays: field(
      positive.nullable().default(null),
      'The shock fades with this half-life; null: it stays.',
      'days',
    ),
  })
  .refine(
    (s) =>
      [s.asset, s.class, s.region, s.sector, s.currency, s.factor].filter((t) => t !== undefined).length ===
      1,
    {
      message: 'names exactly one of asset, class, region, sector, currency, factor',
      when: ({ value }) => isRecord(value),
    },
  );

/** Mean length of the blocks of a bootstrap, unless told. */
export const BLOCK_DAYS = 20;

const fundamentals = section(
  {
    factors: field(
      z.array(id).min(1).max(20).default(['growth', 'rates', 'credit', 'commodity', 'crypto']),
      'Independent common factors; jumps strike the first.',
      'list of names',
    ),
    garch: section(
      {
        alpha: field(unitInterval.default(0), 'Weight of the last squared innovation.', 'share'),
        gamma: field(
          unitInterval.default(0.12),
          'Extra weight after a negative innovation (GJR asymmetry).',
          'share',
        ),
        beta: field(unitInterval.default(0.91), 'Weight of the last variance.', 'share'),
      },
      'GJR-GARCH(1,1) of each factor at unit long-run variance; alpha + gamma/2 + beta < 1.',
    ).refine((g) => g.alpha + g.gamma / 2 + g.beta < 1, {
      message: 'alpha + gamma/2 + beta must be below 1, or the variance has no mean',
    }),
    degreesOfFreedom: field(
      z.number().gt(2).max(1000).nullable().default(10),
      'Of the unit-variance student-t innovations; null: Gaussian.',
      'degrees of freedom',
    ),
    regimes: section(
      {
        enterStress: field(
          unitInterval.default(0.002),
          'Probability a day of passing from calm to stress.',
          'per day',
        ),
        leaveStress: field(
          unitInterval.gt(0).default(0.008),
          'Probability a day of passing from stress to calm.',
          'per day',
        ),
        stressVolatility: field(
          positive.max(10).default(2.5),
          'Volatility in stress over that in calm.',
          'ratio',
        ),
        stressDrift: field(
          z.number().min(-20).max(20).default(-2),
          "Added to each asset's yearly drift in stress, in units of its volatility times its loading on the first factor.",
          'volatilities per year',
        ),
        stressCorrelation: field(
          unitInterval.default(0.5),
          'Share of the idiosyncratic variance that moves to the first factor in stress.',
          'share',
        ),
      },
      'Two Markov regimes that move drift, volatility and correlation.',
    ),
    jumps: section(
      {
        perYear: field(nonNegative.max(252).default(4), 'Expected jumps of the first factor.', 'per year'),
        mean: field(
          z.number().min(-50).max(50).default(-5),
          'Mean size of a jump.',
          'daily standard deviations of the factor',
        ),
        stdDev: field(
          nonNegative.max(50).default(2),
          'Dispersion of the size.',
          'daily standard deviations of the factor',
        ),
      },
      'Compound Poisson jumps of the first factor.',
    ),
    drawn: field(
      z.enum(['factors', 'bootstrap', 'replay']).default('factors'),
      'What moves value: the law of factors, regimes and jumps; random blocks of the days of a history; or its days as they stand. Scheduled shocks come on top.',
      'name',
    ),
    blockDays: field(
      z.number().min(1).max(10_000).default(BLOCK_DAYS),
      'Mean length of the random blocks of a bootstrap.',
      'days',
    ),
    history: field(
      z
        .array(z.array(z.number().min(-20).max(20)).min(1))
        .max(100_000)
        .default([]),
      'The history: a row a day of log returns, one an asset in the order of `assets`. With market.calibration.prices it is taken from that file.',
      'log return per day',
    ),
    shocks: field(
      z.array(shock).default([]),
      'Scheduled shocks to fundamentals; unknown to every institution.',
      'list',
    ),
  },
  'What moves value: factors, regimes, jumps, shocks.',
);

const costs = section(
  {
    commissionBps: field(
      nonNegative.max(1000).default(0.5),
      'Paid to the outside book on every fill.',
      'basis points of value',
    ),
    interestRate: field(
      z.number().min(-0.1).max(1).default(0.02),
      'Earned on cash, paid on interbank claims.',
      'per year',
    ),
    primeBrokerSpread: field(
      nonNegative.max(1).default(0.01),
      'Added to the interest rate on negative cash.',
      'per year',
    ),
    depositRate: field(
      z.number().min(-0.1).max(1).default(0.01),
      'Paid by institutions on outside funding.',
      'per year',
    ),
    loanRate: field(z.number().min(-0.1).max(1).default(0.03), 'Earned on illiquid loans.', 'per year'),
    transactionTaxBps: field(
      nonNegative.max(1000).default(0),
      'Tax on every fill of an institution, paid by it.',
      'basis points of value',
    ),
    gainsTaxRate: field(
      unitInterval.lt(1).default(0),
      'Tax on realised gains, paid on the day; losses are carried forward.',
      'share of gain',
    ),
    taxLots: field(
      z.enum(Object.keys(lotOrders) as [LotOrder, ...LotOrder[]]).default('fifo'),
      'Which lots a sale gives up: the oldest, the newest, or those that leave the least gain.',
      'name',
    ),
    washSaleDays: field(
      z.int().min(0).max(366).default(0),
      'Days around a sale at a loss within which a purchase takes the loss back into its cost; 0: no such rule.',
      'days',
    ),
    borrowFee: field(nonNegative.max(1).default(0.01), 'Paid on the value of short positions.', 'per year'),
  },
  'Frictions and financing.',
);

const halts = section(
  {
    dailyMove: field(
      unitInterval.gt(0).lt(1).nullable().default(0.2),
      'An asset is halted until the next day, forced sales included, once trading has taken this share off its opening price, or raised it by as much as would undo such a fall; null: never.',
      'share',
    ),
  },
  'When trading in an asset stops for the day.',
);

const noise = section(
  {
    volumeShare: field(
      nonNegative.max(10).default(0.8),
      'Mean volume of noise traders, who move no price.',
      'share of average daily volume',
    ),
    dispersion: field(
      nonNegative.max(3).default(0.3),
      'Standard deviation of the log of their volume.',
      'log units',
    ),
  },
  'Trading that carries no information and moves no price.',
);

const calibration = section(
  {
    prices: field(
      z.string().min(1).nullable().default(null),
      'CSV of prices (first column the date, one column an asset), relative to the scenario. Volatilities, factor loadings and the law of motion are estimated from it.',
      'path',
    ),
    factors: field(z.int().min(1).max(20).default(3), 'Principal components kept as factors.', 'count'),
    dynamics: field(
      z.array(z.enum(['garch', 'regimes'])).default(['garch', 'regimes']),
      'What of the law of motion is estimated by maximum likelihood beside loadings; what is not named stays as market.fundamentals has it. Jumps are in what is estimated: there are none beside it.',
      'list of names',
    ),
    minOverlapDays: field(
      wholeDays.default(250),
      'Days on which all assets have prices that are needed to estimate loadings.',
      'days',
    ),
  },
  'Universe estimated from data.',
);

export const marketSchema = (mechanisms: Options) =>
  section(
    {
      fundamentals,
      clearing: choice(
        'mechanism',
        mechanisms,
        'impact',
        'How orders meet: a market mechanism and its parameters.',
      ),
      costs,
      halts,
      noise,
      calibration,
    },
    'The shared market.',
  );
