import { z } from 'zod';
import { measure } from '../../../core/measure.js';
import { mean, variance } from '../../../core/numeric.js';

/** One period: institutions by assets, −1 sold, 0 did not trade, 1 bought. */
type Trades = readonly (readonly number[])[];

export interface SiasPeriod {
  readonly beta: number | null;
  readonly own: number | null;
  readonly others: number | null;
}

interface Buyers {
  readonly traders: number;
  /** Fraction of them that bought. */
  readonly fraction: number;
}

function buyersOf(trades: Trades, asset: number): Buyers {
  const traders = trades.filter((row) => row[asset] !== 0);
  return {
    traders: traders.length,
    fraction: traders.filter((row) => row[asset] === 1).length / traders.length,
  };
}

/** Σ over institutions that traded the asset in both periods of (D_t − p̄_t)(D_{t−1} − p̄_{t−1}). */
function followedSelf(
  before: Trades,
  after: Trades,
  asset: number,
  means: readonly [number, number],
): number {
  const deviation = (trade: number, centre: number): number => (trade === 0 ? 0 : +(trade > 0) - centre);
  return after.reduce(
    (sum, row, n) => sum + deviation(before[n]![asset]!, means[0]) * deviation(row[asset]!, means[1]),
    0,
  );
}

/** Do institutions follow the last period's trades: their own, or each other's?
 * @formula β = corr over assets of (buyers/traders)_t with (buyers/traders)_{t−1} = own + others
 * @shape   before, after (institutions, assets) of −1, 0, 1; assets that were not traded in both are left out
 * @range   −1 ≤ β ≤ 1; null where fewer than two assets remain or a fraction does not vary
 * @source  Sias 2004, Review of Financial Studies 17(1)
 * @pitfall population standard deviation; `others` above 0 is herding, `own` above 0 may be order splitting
 */
export function siasPeriod(before: Trades, after: Trades): SiasPeriod {
  const assets = Array.from(before[0]!, (_, k) => ({
    k,
    then: buyersOf(before, k),
    now: buyersOf(after, k),
  })).filter(({ then, now }) => then.traders > 0 && now.traders > 0);
  const [x, y] = [assets.map(({ then }) => then.fraction), assets.map(({ now }) => now.fraction)];
  const scale = assets.length * Math.sqrt(variance(x) * variance(y));
  if (!(scale > 0)) return { beta: null, own: null, others: null };
  const means = [mean(x), mean(y)] as const;
  let [all, own] = [0, 0];
  for (const { k, then, now } of assets) {
    all += (then.fraction - means[0]) * (now.fraction - means[1]);
    own += followedSelf(before, after, k, means) / (then.traders * now.traders);
  }
  return { beta: all / scale, own: own / scale, others: (all - own) / scale };
}

const direction = z.union([z.literal(-1), z.literal(0), z.literal(1)], 'must be −1 (sold), 0 or 1 (bought)');

const input = z
  .strictObject({
    trades: z
      .array(z.array(z.array(direction).min(1, 'must not be empty')).min(1, 'must not be empty'))
      .min(2, 'needs at least 2 periods'),
  })
  .superRefine(({ trades }, context) => {
    const [institutions, assets] = [trades[0]!.length, trades[0]![0]!.length];
    const refuse = (path: (string | number)[], message: string): void =>
      context.addIssue({ code: 'custom', path: ['trades', ...path], message });
    trades.forEach((period, t) => {
      if (period.length !== institutions)
        refuse([t], `has ${period.length} institutions where period 0 has ${institutions}`);
      period.forEach((row, n) => {
        if (row.length !== assets)
          refuse([t, n], `has ${row.length} assets where the first row has ${assets}`);
      });
    });
  });

export const sias = measure({
  summary:
    'Sias herding: correlation of buying with the period before, split into following oneself and others.',
  formula: 'β = corr_k(Raw_t, Raw_{t−1}), Raw = buyers/traders; own + others = β',
  range: '[−1, 1]',
  source: 'Sias 2004, Review of Financial Studies 17(1)',
  pitfall:
    'One entry for each period but the first. Assets without a trader in either period are left out, and the ' +
    'fractions standardised over the rest; null where they do not vary.',
  input,
  example: {
    trades: [
      [
        [1, -1, 0],
        [1, 0, -1],
        [-1, 1, 1],
      ],
      [
        [1, -1, 1],
        [1, -1, -1],
        [1, 1, -1],
      ],
    ],
  },
  compute: ({ trades }: z.infer<typeof input>) => ({
    periods: trades.slice(1).map((after, i) => siasPeriod(trades[i]!, after)),
  }),
});
