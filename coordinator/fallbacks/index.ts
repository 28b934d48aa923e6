import type { Outage } from '../../core/scenario/institutions.js';
import type { Scenario } from '../../core/scenario.js';
import type { Stage, World } from '../../core/types.js';
import { pricesOf } from '../../market/book.js';

/** What a rule without a model may look at: one institution's book. */
interface Blind {
  readonly benchmark: Float64Array;
  readonly investedShare: number;
  readonly cash: number;
  readonly units: Float64Array;
  readonly price: Float64Array;
  /** Share of the way that is traded in a day. */
  readonly trade: number;
}

/** What an institution does without its model: signed units of each asset. */
type Fallback = (blind: Blind) => Float64Array;

/** Part of the way back to the benchmark.
 * @formula trade · (b W / p − q), W = cash + Σ q p */
const benchmark: Fallback = ({ benchmark: weights, investedShare, cash, units, price, trade }) => {
  const wealth = Math.max(
    0,
    units.reduce((sum, q, a) => sum + q * price[a]!, cash),
  );
  return units.map((q, a) => trade * ((weights[a]! * investedShare * wealth) / price[a]! - q));
};

/** Rules that an institution may fall back to, by the name an outage gives them. */
export const fallbacks = {
  hold: ({ units }) => new Float64Array(units.length),
  benchmark,
  unwind: ({ units, trade }) => units.map((q) => -trade * q),
} satisfies Record<Outage['fallback'], Fallback>;

/** The day's wishes with those of institutions that are blind in their place.
 * @param blind the rule that each blind institution falls back to, by roster index
 */
export function withFallbacks(
  scenario: Scenario,
  stage: Stage,
  { books, prices }: World,
  wishes: Float64Array,
  blind: ReadonlyMap<number, Outage['fallback']>,
): Float64Array {
  if (blind.size === 0) return wishes;
  const price = pricesOf(prices);
  const k = price.length;
  const all = wishes.slice();
  for (const [seat, name] of blind) {
    const { benchmark: weights, investedShare } = stage.institutions[seat]!;
    const own = {
      benchmark: weights,
      investedShare,
      cash: books.cash[seat]!,
      units: books.units.slice(seat * k, (seat + 1) * k),
      price,
      trade: scenario.decide.trade,
    };
    all.set(fallbacks[name](own), seat * k);
  }
  return all;
}
