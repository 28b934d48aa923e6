import { z } from 'zod';
import { groupShares, similarityDiversity } from '../../core/diversity.js';
import { alikeness } from './alikeness.js';
import type { Assignment, Mandate, Move, RosterView } from './mandate.js';
import { unmetAtOpening } from './opening-roster.js';
import { chosenHow, inOrder, selectionSchema } from './selection.js';

const options = z.strictObject({
  minimum: z.number().gt(1).max(100).meta({
    description: 'Least effective number of models, by shares of assets under management.',
    unit: 'count',
  }),
  kinds: z.enum(['architectures', 'forecasts']).default('architectures').meta({
    description:
      'What makes two models different: their architecture, or how little the mean forecasts of their architectures on public probes resemble each other.',
    unit: 'name',
  }),
  selectBy: selectionSchema,
});

type Options = z.output<typeof options>;

const extreme = (values: Float64Array, better: (a: number, b: number) => boolean): number =>
  values.reduce((best, v, i) => (better(v, values[best]!) ? i : best), 0);

/** Similarity of architectures, flat: the identity unless forecasts count and there are some. */
const similarityOf = (view: RosterView, kinds: Options['kinds']): Float64Array =>
  kinds === 'forecasts' ? alikeness(view) : identity(view.architectures.length);

const identity = (n: number): Float64Array =>
  Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0));

/** How much of the market a model of each architecture resembles: (Zp)_a. */
const ordinary = (shares: Float64Array, similarity: Float64Array): Float64Array =>
  shares.map((_, a) => shares.reduce((sum, p, b) => sum + similarity[a * shares.length + b]! * p, 0));

/** From the most ordinary architecture to the least, one institution at a time, as long as that adds diversity. */
function assign({ minimum, kinds, selectBy }: Options, view: RosterView): Assignment {
  const similarity = similarityOf(view, kinds);
  const effective = (p: Float64Array): number => similarityDiversity(p, similarity, 1);
  const architecture = view.architecture.slice();
  let shares = groupShares(architecture, view.aum, view.architectures.length);
  const total = view.aum.reduce((a, b) => a + b, 0);
  const moves: Move[] = [];
  const moved = (seat: number, from: number, to: number): Float64Array => {
    const size = view.aum[seat]! / total;
    return shares.map((s, a) => s + (a === to ? size : 0) - (a === from ? size : 0));
  };
  while (effective(shares) < minimum - 1e-12) {
    const common = ordinary(shares, similarity);
    const from = extreme(
      common.map((c, a) => (shares[a]! > 0 ? c : -1)),
      (a, b) => a > b,
    );
    const to = extreme(common, (a, b) => a < b);
    const before = effective(shares);
    const seat = inOrder(view, architecture, from, to, selectBy).find(
      (s) => view.mayHave(s, to) && effective(moved(s, from, to).map((p) => Math.max(0, p))) > before + 1e-12,
    );
    if (seat === undefined) return { moves, unmet: unmet(before, minimum) };
    const reason = `${before.toFixed(2)} effective models, below ${minimum}; ${chosenHow[selectBy]}`;
    moves.push({ seat, to, reason });
    shares = moved(seat, from, to).map((p) => Math.max(0, p));
    architecture[seat] = to;
  }
  return { moves };
}

const unmet = (effective: number, minimum: number): string =>
  `${effective.toFixed(2)} effective models, below ${minimum}: no move from the most ordinary architecture to the least adds diversity`;

/** Least effective number of models, enforced before every round.
 * @formula exp(−Σ_a p_a ln (Zp)_a) ≥ minimum, p shares of assets; Z the identity, or max(0, correlation of mean forecasts)
 * @range   1 ≤ effective number ≤ number of architectures
 * @source  Leinster & Cobbold 2012, Ecology 93(3); Hill 1973, Ecology 54(2)
 * @pitfall architectures whose forecasts are alike add nothing where forecasts count; what it costs is skill
 */
export const minimumEffectiveModels = {
  summary:
    'Asks for a least effective number of models by share of assets; who must move is drawn by lot, or goes by size or cost.',
  source: 'Leinster & Cobbold 2012, Ecology 93(3)',
  options,
  check: (chosen, scenario) => {
    const count = scenario.learning.architectures.length;
    const minimum = Number(chosen['minimum']);
    const most = `${minimum} cannot be met by ${count} architecture${count === 1 ? '' : 's'}, which are at most ${count} effective models; add architectures or lower it`;
    const pooled =
      'cannot move institutions between pooled learners: federation.membership must not be centralised';
    const blind =
      'needs public probes to compare forecasts on: federation.probes must be at least 2, and learning.localSteps above 0';
    const probed = scenario.federation.probes >= 2 && scenario.learning.localSteps > 0;
    if (scenario.federation.membership === 'centralised') return [{ path: ['kind'], message: pooled }];
    if (minimum > count + 1e-12) return [{ path: ['minimum'], message: most }];
    // How alike forecasts are is known after the first round.
    if (chosen['kinds'] === 'forecasts') return probed ? [] : [{ path: ['kinds'], message: blind }];
    const unmet = unmetAtOpening((view) => assign(chosen as never, view), scenario);
    return unmet === undefined
      ? []
      : [{ path: ['minimum'], message: `${minimum} ${unmet}`, on: [['institutions', 'count']] }];
  },
  assign,
} satisfies Mandate;
