import { z } from 'zod';
import { field, id, nonNegative, positive } from './field.js';

export const assetSchema = z.strictObject({
  id: field(id, 'Name of the asset, unique in the universe.', 'name'),
  class: field(id, 'Asset class: benchmarks, permissions and scheduled shocks refer to it.', 'name'),
  region: field(id.default('global'), 'Region, for scheduled shocks.', 'name'),
  sector: field(id.default('broad'), 'Sector, for scheduled shocks.', 'name'),
  currency: field(
    z
      .string()
      .regex(/^[A-Z]{3}$/)
      .default('USD'),
    'Currency of denomination, for scheduled shocks.',
    'ISO 4217',
  ),
  price: field(positive.default(100), 'Price on day 0.', 'USD per unit'),
  floatUsd: field(
    positive,
    'Market value of the free float on day 0; units in issue are this over the price.',
    'USD',
  ),
  advShare: field(
    positive.max(1).default(0.005),
    'Average daily volume as a share of the float.',
    'share of float per day',
  ),
  volatility: field(
    positive.max(5),
    'Fundamental volatility in the calm regime.',
    'standard deviation of log return, per year',
  ),
  drift: field(
    z.number().min(-1).max(1).default(0),
    'Mean of the fundamental log return in the calm regime.',
    'per year',
  ),
  halfSpreadBps: field(
    nonNegative.max(1000).default(2),
    'Half of the bid-ask spread, paid on every fill.',
    'basis points',
  ),
  loadings: field(
    z.record(id, z.number().min(-1).max(1)).default({}),
    'Correlation with each (independent) factor in the calm regime; the squares sum to at most 1, the rest is idiosyncratic.',
    'correlation',
  ),
});

export type AssetSpec = z.infer<typeof assetSchema>;

type Row = [string, string, string, string, number, number, number, number, Record<string, number>];

/** Order-of-magnitude values; sources and reasons stand in docs/model.md. */
const rows: Row[] = [
  // id, class, region, sector, float USD bn, volatility, drift, half-spread bps, loadings
  ['world-equity', 'equity', 'global', 'broad', 40_000, 0.16, 0.05, 1, { growth: 0.9, rates: -0.1 }],
  [
    'us-growth-equity',
    'equity',
    'north-america',
    'technology',
    20_000,
    0.22,
    0.06,
    1,
    { growth: 0.85, rates: -0.2 },
  ],
  ['emerging-equity', 'equity', 'emerging', 'broad', 8_000, 0.21, 0.05, 3, { growth: 0.75, commodity: 0.25 }],
  ['short-government', 'government', 'north-america', 'sovereign', 25_000, 0.02, 0.025, 0.5, { rates: 0.9 }],
  [
    'long-government',
    'government',
    'north-america',
    'sovereign',
    30_000,
    0.12,
    0.03,
    1,
    { rates: 0.9, growth: -0.2 },
  ],
  [
    'investment-grade',
    'credit',
    'global',
    'corporate',
    30_000,
    0.06,
    0.035,
    4,
    { rates: 0.7, credit: 0.5, growth: 0.2 },
  ],
  ['high-yield', 'credit', 'global', 'corporate', 3_000, 0.09, 0.045, 10, { credit: 0.65, growth: 0.55 }],
  [
    'commodities',
    'commodity',
    'global',
    'resources',
    2_000,
    0.18,
    0.02,
    3,
    { commodity: 0.85, growth: 0.25 },
  ],
  ['gold', 'commodity', 'global', 'precious-metal', 4_000, 0.15, 0.02, 2, { rates: 0.35, commodity: 0.4 }],
  [
    'real-estate',
    'real-estate',
    'global',
    'property',
    2_500,
    0.18,
    0.045,
    4,
    { growth: 0.65, rates: 0.3, credit: 0.2 },
  ],
  ['crypto', 'crypto', 'global', 'digital', 1_500, 0.6, 0.08, 8, { crypto: 0.8, growth: 0.35 }],
  ['carbon-credits', 'carbon', 'europe', 'emissions', 500, 0.35, 0.03, 15, { commodity: 0.3, growth: 0.25 }],
];

/** The default universe: twelve liquid asset classes. */
export const defaultAssets = rows.map(
  ([name, cls, region, sector, bn, volatility, drift, halfSpreadBps, loadings]) => ({
    id: name,
    class: cls,
    region,
    sector,
    currency: region === 'europe' ? 'EUR' : 'USD',
    price: 100,
    floatUsd: bn * 1e9,
    advShare: 0.005,
    volatility,
    drift,
    halfSpreadBps,
    loadings,
  }),
) satisfies AssetSpec[];

export const assetsSchema = field(
  z.array(assetSchema).min(2).max(500).default(defaultAssets),
  'The investable universe. With market.calibration.prices it is estimated from that file, and entries given here refine the columns of the same name.',
  'list',
);
