import { z } from 'zod';
import { count, requireLength } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { mean } from '../../../core/numeric.js';

export interface LsvPeriod {
  /** Σb/Σn over the assets that pass the filter; null where none does. */
  readonly meanShare: number | null;
  readonly shares: (number | null)[];
  readonly adjustment: (number | null)[];
  readonly herding: (number | null)[];
  readonly meanHerding: number | null;
  readonly buyHerding: number | null;
  readonly sellHerding: number | null;
}

/** Expected distance of a binomial share from its mean, by de Moivre's closed form.
 * @formula E|k/n − p| = 2 C(n,m+1) (m+1)/n p^{m+1} (1−p)^{n−m}, m = ⌊np⌋, k ~ Bin(n,p)
 * @range   0 ≤ AF ≤ 1/2
 * @pitfall factors are multiplied in an order that neither over- nor underflows
 */
export function binomialDeviation(n: number, p: number): number {
  if (p <= 0 || p >= 1) return 0;
  const m = Math.floor(n * p);
  let misses = n - m;
  let result = 2 / n;
  for (let i = 1; i <= m + 1; i++) {
    result *= ((n - m - 1 + i) / (i > m ? 1 : i)) * p;
    for (; misses > 0 && result > 1; misses--) result *= 1 - p;
  }
  for (; misses > 0; misses--) result *= 1 - p;
  return result;
}

const present = (value: number | null): value is number => value !== null;
const meanOrNull = (values: readonly (number | null)[]): number | null =>
  values.some(present) ? mean(Float64Array.from(values.filter(present))) : null;

/** How far each asset's share of buyers strays from the period's, beyond chance.
 * @formula H = |b/n − p| − AF(n,p), p = Σb/Σn, AF = Σ_k Bin(k;n,p)|k/n − p|
 * @shape   buys, sells (assets): institutions that traded; null where fewer than minActive did
 * @range   −1/2 ≤ H < 1
 * @source  Lakonishok, Shleifer & Vishny 1992, Journal of Financial Economics 32(1)
 * @pitfall p pools all assets (not a mean of shares, not 1/2) after the filter; H is biased low under true herding
 */
export function lsvHerding(buys: ArrayLike<number>, sells: ArrayLike<number>, minActive = 1): LsvPeriod {
  const active = Array.from(buys, (b, i) => b + sells[i]!);
  const passes = active.map((n) => n >= Math.max(1, minActive));
  const total = (values: ArrayLike<number>): number =>
    passes.reduce((sum, pass, i) => (pass ? sum + values[i]! : sum), 0);
  const p = total(buys) / total(active);
  const each = (value: (i: number) => number): (number | null)[] =>
    passes.map((pass, i) => (pass ? value(i) : null));
  const shares = each((i) => buys[i]! / active[i]!);
  const adjustment = each((i) => binomialDeviation(active[i]!, p));
  const herding = each((i) => Math.abs(shares[i]! - p) - adjustment[i]!);
  const where = (keep: (share: number) => boolean): number | null =>
    meanOrNull(herding.filter((_, i) => shares[i] != null && keep(shares[i])));
  return {
    meanShare: passes.includes(true) ? p : null,
    shares,
    adjustment,
    herding,
    meanHerding: meanOrNull(herding),
    buyHerding: where((share) => share > p),
    sellHerding: where((share) => share < p),
  };
}

const traders = z
  .array(z.int('must be a whole number').min(0, 'must not be negative'))
  .min(1, 'must not be empty');

const input = z.strictObject({
  periods: z
    .array(
      z
        .strictObject({ buys: traders, sells: traders })
        .superRefine(({ buys, sells }, context) =>
          requireLength(context, ['sells'], sells, buys.length, 'buys'),
        ),
    )
    .min(1, 'must not be empty'),
  minActive: count.optional(),
});

export const lsv = measure({
  summary: 'LSV herding: institutions on one side of the market beyond what chance explains.',
  formula: 'H = |b/n − p| − Σ_k Bin(k; n, p)|k/n − p|, p = Σb/Σn over assets',
  range: '[−1/2, 1); 0 without herding',
  source: 'Lakonishok, Shleifer & Vishny 1992, Journal of Financial Economics 32(1)',
  pitfall:
    'Only institutions that traded count; the filter on their number comes before pooling. Buy and sell herding ' +
    'are conditional means of the same H, without a recomputed adjustment.',
  input,
  example: { periods: [{ buys: [8, 3, 5, 10, 1], sells: [2, 7, 5, 0, 9] }], minActive: 5 },
  compute: ({ periods, minActive }: z.infer<typeof input>) => {
    const results = periods.map(({ buys, sells }) => lsvHerding(buys, sells, minActive));
    return { periods: results, meanHerding: meanOrNull(results.flatMap(({ herding }) => herding)) };
  },
});
