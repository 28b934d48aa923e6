import type { Channel } from './channel.js';
import type { Csr } from './csr.js';
import { jointContagion } from './joint.js';
import type { StressSystem } from './stress-system.js';

type Chosen = Readonly<Record<string, Channel>>;

/** Losses beyond the shock's own, in the mildest solution: what an intervention is to reduce. */
export function contagionLoss(system: StressSystem, chosen: Chosen): number {
  const { losses, directLosses } = jointContagion(system, chosen).value;
  return losses.reduce((total, loss, i) => total + loss - directLosses[i]!, 0);
}

/** Claims repaid before the shock: lenders hold cash instead, borrowers shed other assets; equity is as it was. */
export function withRepaid(
  system: StressSystem,
  repaid: (lender: number, borrower: number, face: number) => number,
): StressSystem {
  const { exposures } = system;
  const value = exposures.value.slice();
  const [cash, otherAssets] = [system.cash.slice(), system.otherAssets.slice()];
  for (let i = 0; i < exposures.rows; i++)
    for (let e = exposures.start[i]!; e < exposures.start[i + 1]!; e++) {
      const j = exposures.index[e]!;
      const amount = repaid(i, j, value[e]!);
      value[e]! -= amount;
      cash[i]! += amount;
      otherAssets[j]! -= amount;
    }
  const capped: Csr = { ...exposures, value };
  return { ...system, exposures: capped, cash, otherAssets };
}

/** A firewall: no claims between institutions of different groups. */
export const withFirewall = (system: StressSystem, group: ArrayLike<number>): StressSystem =>
  withRepaid(system, (i, j, face) => (group[i] === group[j] ? 0 : face));
