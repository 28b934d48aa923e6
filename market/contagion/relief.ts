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

/** Capital paid in as cash (n). */
export const withInjections = (system: StressSystem, amounts: Float64Array): StressSystem => ({
  ...system,
  equity: system.equity.map((e, i) => e + amounts[i]!),
  cash: system.cash.map((c, i) => c + amounts[i]!),
});

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

/** What distress travels through, and what it would save to spend on it. */
export interface Pathway {
  readonly kind: 'capital' | 'exposure';
  /** The institution to strengthen, or the lender and borrower to bring apart. */
  readonly institutions: readonly number[];
  readonly spent: number;
  /** Contagion losses avoided per unit spent (injected, or repaid early). */
  readonly relief: number;
}

/** Pathways by what spending `spent` on each alone would save, best first; exposures are capped by at most that. */
export function rankPathways(system: StressSystem, chosen: Chosen, spent: number): Pathway[] {
  const without = contagionLoss(system, chosen);
  const relief = (changed: StressSystem, cost: number): number =>
    (without - contagionLoss(changed, chosen)) / cost;
  const capital = Array.from(system.equity, (_, i): Pathway => {
    const amounts = new Float64Array(system.equity.length);
    amounts[i] = spent;
    return {
      kind: 'capital',
      institutions: [i],
      spent,
      relief: relief(withInjections(system, amounts), spent),
    };
  });
  const exposures: Pathway[] = [];
  withRepaid(system, (lender, borrower, face) => {
    const cost = Math.min(spent, face);
    const changed = withRepaid(system, (i, j) => (i === lender && j === borrower ? cost : 0));
    exposures.push({
      kind: 'exposure',
      institutions: [lender, borrower],
      spent: cost,
      relief: relief(changed, cost),
    });
    return 0;
  });
  return [...capital, ...exposures].sort((a, b) => b.relief - a.relief);
}
