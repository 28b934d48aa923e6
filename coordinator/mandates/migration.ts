import type { Scenario } from '../../core/scenario.js';

const JOULE_PER_KWH = 3.6e6;

/** What it takes an institution to change its architecture. */
export interface Migration {
  readonly energyKwh: number;
  readonly costUsd: number;
}

/** FLOPs by architecture: of a step of training; or of a refit, and of each row of it, where all rows are fitted anew. */
export interface TrainingFlops {
  readonly step: Float64Array;
  readonly refit: Float64Array;
  readonly refitRow: Float64Array;
}

/** Samples that an institution has to learn from on a day, those that have yet to mature among them. */
const samplesOn = ({ learning: { window, historyDays }, assets }: Scenario, day: number): number =>
  Math.min(window, historyDays + day) * assets.length;

/** FLOPs of an institution's first round with an architecture. */
function firstRound(scenario: Scenario, flops: TrainingFlops, day: number, to: number): number {
  const { firstSteps, localSteps } = scenario.learning;
  if (localSteps === 0) return 0;
  const refit = flops.refit[to]! + samplesOn(scenario, day) * flops.refitRow[to]!;
  return Math.max(firstSteps, localSteps) * flops.step[to]! + refit;
}

/** Who must change its architecture trains the new model once more as it did its first, and pays for that and for
 * the change itself.
 * @formula energy = FLOP / (FLOP a joule · 3.6e6), FLOP = firstSteps · FLOP a step, or FLOP of one refit to all samples;
 *          cost = energy · price + AUM · feeBps / 10⁴
 * @pitfall trading to the new model's targets and lost skill cost more: they are in the books, not in here
 */
export function migration(
  scenario: Scenario,
  flops: TrainingFlops,
  day: number,
  aumUsd: number,
  to: number,
): Migration {
  const { compliance } = scenario;
  const energyKwh = firstRound(scenario, flops, day, to) / (compliance.flopPerJoule * JOULE_PER_KWH);
  return {
    energyKwh,
    costUsd: energyKwh * compliance.energyPriceUsd + (aumUsd * compliance.changeFeeBps) / 1e4,
  };
}
