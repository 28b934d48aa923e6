import type { Scenario } from '../../core/scenario.js';
import type { Books } from '../../core/types.js';

const JOULE_PER_KWH = 3.6e6;

/** What it takes an institution to change its architecture. */
export interface Migration {
  readonly energyKwh: number;
  readonly costUsd: number;
}

/** Who changes: how many days it has seen, and what it has under management. */
interface Mover {
  readonly daysSeen: number;
  readonly aumUsd: number;
}

/** FLOPs by architecture: of a step of training; or of a refit, and of each row of it, where all rows are fitted anew. */
export interface TrainingFlops {
  readonly step: Float64Array;
  readonly refit: Float64Array;
  readonly refitRow: Float64Array;
}

/** Days that whoever holds a seat has seen, today among them: its private history and those of the run, or for an entrant
 * those since it came. */
export const daysSeenOn = ({ learning }: Scenario, { entryDay }: Books, day: number, seat: number): number =>
  entryDay[seat] === 0 ? learning.historyDays + day : day - entryDay[seat]! + 1;

/** Matured samples in reach: a target is known once as many days have passed as it is over. */
const samplesAfter = ({ learning: { window }, tradeEvery, assets }: Scenario, daysSeen: number): number =>
  Math.max(0, Math.min(window, daysSeen - tradeEvery)) * assets.length;

/** FLOPs of an institution's first round with an architecture. */
function firstRound(scenario: Scenario, flops: TrainingFlops, daysSeen: number, to: number): number {
  const { firstSteps, localSteps } = scenario.learning;
  if (localSteps === 0) return 0;
  const refit = flops.refit[to]! + samplesAfter(scenario, daysSeen) * flops.refitRow[to]!;
  return Math.max(firstSteps, localSteps) * flops.step[to]! + refit;
}

/** Who must change its architecture trains the new model once more as it did its first, and pays for that and for
 * the change itself.
 * @formula energy = FLOP / (FLOP a joule · 3.6e6), FLOP = firstSteps · FLOP a step, or FLOP of one refit to all
 *          matured samples;
 *          cost = energy · price + AUM · feeBps / 10⁴
 * @pitfall trading to the new model's targets and lost skill cost more: they are in the books, not in here
 */
export function migration(
  scenario: Scenario,
  flops: TrainingFlops,
  { daysSeen, aumUsd }: Mover,
  to: number,
): Migration {
  const { compliance } = scenario;
  const energyKwh = firstRound(scenario, flops, daysSeen, to) / (compliance.flopPerJoule * JOULE_PER_KWH);
  return {
    energyKwh,
    costUsd: energyKwh * compliance.energyPriceUsd + (aumUsd * compliance.changeFeeBps) / 1e4,
  };
}
