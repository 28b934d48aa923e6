import { stream } from '../../core/random.js';
import type { Scenario } from '../../core/scenario.js';
import type { Stage, World } from '../../core/types.js';
import { pricesOf } from '../../market/book.js';
import { createStage } from '../../market/stage.js';
import { createWorld } from '../../market/world.js';
import type { Assignment, RosterView } from './mandate.js';

/** Value of the holdings of every institution in business, USD. */
export function underManagement(stage: Stage, { books, prices }: World): Float64Array {
  const price = pricesOf(prices);
  const k = price.length;
  return Float64Array.from(stage.institutions, (_, i) =>
    books.active[i] ? price.reduce((sum, p, a) => sum + Math.max(0, books.units[i * k + a]!) * p, 0) : 0,
  );
}

/** Share of each asset's units that institutions hold together. */
export function heldShares(stage: Stage, { books }: World): Float64Array {
  const k = stage.assets.length;
  const shares = new Float64Array(k);
  for (let at = 0; at < stage.institutions.length * k; at++)
    shares[at % k]! += books.units[at]! / stage.assets[at % k]!.floatUnits;
  return shares;
}

/** Whether the type of a seat's institution permits an architecture. */
export const mayHaveIn =
  ({ institutions: { types }, learning }: Scenario, stage: Stage): RosterView['mayHave'] =>
  (seat, to) =>
    types[stage.institutions[seat]!.type]!.architectures?.includes(learning.architectures[to]!.name) ?? true;

interface Opening {
  readonly stage: Stage;
  readonly world: World;
}

/** The first morning of a scenario; undefined where it is not yet known, or cannot be for other faults of the scenario
 * (which are told by their own checks). */
export function openingOf(scenario: Scenario): Opening | undefined {
  if (scenario.market.calibration.prices !== null) return undefined;
  try {
    const stage = createStage(scenario);
    return { stage, world: createWorld(scenario, stage) };
  } catch {
    return undefined;
  }
}

/** Orders of moving that are tried. */
const tries = 20;

/** Why a mandate on architectures is not met on the first morning in any of twenty orders in which institutions could be
 * made to move; undefined where it is met in one. Later their sizes change, and then it is a matter of the run. */
export function unmetAtOpening(
  assign: (view: RosterView) => Assignment,
  scenario: Scenario,
): string | undefined {
  const opening = openingOf(scenario);
  if (!opening) return undefined;
  const { stage, world } = opening;
  const architectures = scenario.learning.architectures.map(({ name }) => name);
  const roster = {
    day: 0,
    ids: stage.institutions.map(({ id }) => id),
    architectures,
    architecture: Int32Array.from(stage.institutions, (i) => architectures.indexOf(i.architecture)),
    mayHave: mayHaveIn(scenario, stage),
    aum: underManagement(stage, world),
    meanForecasts: new Float32Array(0),
    costUsd: () => 0,
  };
  const reasons: string[] = [];
  for (let round = 0; round < tries; round++) {
    const lot = stream({ seed: scenario.seed, purpose: 'mandate-check', round });
    const { unmet } = assign({ ...roster, lot });
    if (unmet === undefined) return undefined;
    reasons.push(unmet);
  }
  return `cannot be met by this roster: ${reasons[0]!}, in any of ${tries} orders of moving`;
}
