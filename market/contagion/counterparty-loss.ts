import { noStress, type Stress, type Transmission } from './channel.js';
import { product, rowSums } from './product.js';
import type { StressSystem } from './stress-system.js';

/** The share of its debts that each borrower leaves unpaid (n), given the stress so far. */
export type LossRate = (total: Stress, own: Stress, rate: Float64Array) => void;

/** Lenders lose what their borrowers do not pay: losses_i = Σ_j A_ij rate_j. */
export function counterpartyLoss(system: StressSystem, lossRate: LossRate): Transmission {
  const rate = new Float64Array(system.equity.length);
  return (total, own, caused) => {
    lossRate(total, own, rate);
    product(system.exposures, rate, caused.losses);
  };
}

/** Every claim on every other institution is lost. */
export const allClaimsLost = (system: StressSystem): Stress => ({
  ...noStress(system.equity.length),
  losses: rowSums(system.exposures),
});

/** Losses reach equity but for rounding. */
export const isWipedOut = (loss: number, equity: number): boolean =>
  loss >= equity - 1e-12 * Math.abs(equity);
