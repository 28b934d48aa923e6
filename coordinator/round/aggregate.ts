import { pow } from '../../core/numeric.js';
import { stream } from '../../core/random.js';
import type { Scenario } from '../../core/scenario.js';
import { bag } from '../aggregation/bagging.js';
import { TooFewUpdates } from '../aggregation/too-few-updates.js';
import { admits, exchangeOf, heldBy, mixingOf, ruleOf, type Federation } from '../federations.js';
import type { Update } from '../aggregation/aggregation.js';
import type { Contribution } from './contribution.js';
import { NoModel } from './no-model.js';
import { euclidean } from './euclidean.js';

/** What one federation made of a round. */
export interface Outcome {
  readonly federation: Federation;
  readonly contributions: readonly Contribution[];
  /** Distance of each contributor's model to the federation's after mixing. */
  readonly distances: readonly number[];
  /** Why its model stayed as it was although updates came. */
  readonly refused?: string;
}

/** Distance after mixing: (1 − λ) ‖w_i − w̄‖, where w_i is the model at the round's start plus the update, and w̄ what
 * it is mixed with; none where updates are masked, or are forecasts, which say nothing of where parameters are. */
function distances(
  scenario: Scenario,
  before: Federation,
  after: Federation,
  contributions: readonly Contribution[],
): number[] {
  const own = 1 - mixingOf(scenario);
  const ofForecasts = exchangeOf(scenario).of === 'forecasts';
  return contributions.map(({ institution, delta, masked }) => {
    if (masked || ofForecasts) return NaN;
    const [from, to] = [heldBy(scenario, before, institution), heldBy(scenario, after, institution)];
    return own * euclidean(delta.map((d, j) => from[j]! + d - to[j]!));
  });
}

/** What a round's aggregation reads beside updates. */
export interface Pooling {
  readonly round: number;
  /** Trees in each architecture's model (0: its parameters are averaged). */
  readonly blocks: Int32Array;
  /** Where institutions have their compute, by id. */
  readonly regions: ReadonlyMap<string, string>;
  /** What the rule sees of a federation's updates in their place; undefined: them. */
  readonly pool?: ((federation: Federation, updates: readonly Contribution[]) => Update) | undefined;
}

/** An update that is s rounds late counts (1 + s)^−a, unless its rule has a discount of its own.
 * @source Xie, Koyejo & Gupta 2019, arXiv:1903.03934 (polynomial staleness) */
function discounted(scenario: Scenario, update: Contribution): Contribution {
  const { stalenessExponent } = scenario.federation.participation;
  if (update.staleness === 0 || ruleOf(scenario).extras.includes('staleness')) return update;
  const weight = pow(1 + update.staleness, -stalenessExponent);
  return { ...update, delta: update.delta.map((d) => weight * d) };
}

/** The next model and rule's memory. Forests are bagged; a model without parameters federates nothing. */
function combine(
  scenario: Scenario,
  federation: Federation,
  updates: readonly Contribution[],
  { round, blocks, regions, pool }: Pooling,
): Pick<Federation, 'parameters' | 'state'> {
  const { id, architecture, parameters, learners, state } = federation;
  const trees = blocks[architecture] ?? 0;
  if (parameters.length === 0) return { parameters, state };
  if (trees > 0) {
    const draws = stream({ seed: scenario.seed, purpose: 'bagging', entity: id, round });
    return { parameters: bag(parameters, updates, trees, draws), state };
  }
  const population = learners.length;
  const options = scenario.federation.aggregation;
  const weighed = updates.map((update) => ({
    ...discounted(scenario, update),
    region: regions.get(update.institution) ?? '',
  }));
  const seen = pool ? [pool(federation, updates)] : weighed;
  return ruleOf(scenario).aggregate(state, { parameters, updates: seen, population }, options);
}

/** One federation's round; too few updates for its rule, or updates that lead nowhere, leave its model as it was. */
function aggregateOne(
  scenario: Scenario,
  federation: Federation,
  own: readonly Contribution[],
  pooling: Pooling,
): Outcome {
  const measured = (next: Federation): number[] => distances(scenario, federation, next, own);
  const { quorum } = scenario.federation.participation;
  const needed = Math.ceil(quorum * federation.learners.length - 1e-9);
  try {
    if (own.length < needed) throw new TooFewUpdates(own.length, needed, 'the quorum');
    const { parameters, state } = combine(scenario, federation, own, pooling);
    if (!parameters.every(Number.isFinite)) throw new NoModel('the next model would not be finite');
    const next = { ...federation, parameters, state };
    return { federation: next, contributions: own, distances: measured(next) };
  } catch (error) {
    if (!(error instanceof TooFewUpdates || error instanceof NoModel)) throw error;
    return { federation, contributions: own, distances: measured(federation), refused: error.message };
  }
}

/** The updates of each federation become its next model; one that got none keeps its own. */
export function aggregate(
  scenario: Scenario,
  federations: readonly Federation[],
  contributions: readonly Contribution[],
  pooling: Pooling,
): Outcome[] {
  return federations.map((federation) => {
    const learners = new Set(federation.learners);
    const own = contributions.filter(
      (c) => learners.has(c.institution) && admits(federation, c.architecture),
    );
    return own.length === 0
      ? { federation, contributions: [], distances: [] }
      : aggregateOne(scenario, federation, own, pooling);
  });
}
