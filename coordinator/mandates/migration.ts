import type { Scenario } from '../../core/scenario.js';
import type { Learning } from '../learning.js';

const JOULE_PER_KWH = 3.6e6;

/** What it takes an institution to change its architecture. */
export interface Migration {
  readonly energyKwh: number;
  readonly costUsd: number;
}

/** Who must change its architecture trains the new model once more as it did its first, and pays for that and for
 * the change itself.
 * @formula energy = firstSteps · FLOP a step / (FLOP a joule · 3.6e6); cost = energy · price + AUM · feeBps / 10⁴
 * @pitfall trading to the new model's targets and lost skill cost more: they are in the books, not in here
 */
export function migration(
  { learning: { firstSteps, localSteps }, compliance }: Scenario,
  { flopsPerStep }: Learning,
  aumUsd: number,
  to: number,
): Migration {
  const steps = localSteps === 0 ? 0 : Math.max(firstSteps, localSteps);
  const energyKwh = (steps * flopsPerStep[to]!) / (compliance.flopPerJoule * JOULE_PER_KWH);
  return {
    energyKwh,
    costUsd: energyKwh * compliance.energyPriceUsd + (aumUsd * compliance.changeFeeBps) / 1e4,
  };
}
