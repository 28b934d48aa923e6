import type { Channel, Stress } from '../channel.js';
import { allClaimsLost, counterpartyLoss, type LossRate } from '../counterparty-loss.js';
import { rowSums } from '../product.js';
import { totalDebt, type StressSystem } from '../stress-system.js';

/** Share left unpaid: means below debts are paid out, α of own assets and β of what debtors pay. */
function shareUnpaid(system: StressSystem): LossRate {
  const { equity, recovery } = system;
  const debt = totalDebt(system);
  const lent = rowSums(system.exposures);
  return ({ losses }: Stress, own: Stress, rate) => {
    for (let j = 0; j < rate.length; j++) {
      const shortfall = losses[j]! - equity[j]!;
      const received = lent[j]! - own.losses[j]!;
      const ownAssets = debt[j]! - shortfall - received;
      const paid = recovery.alpha * Math.max(0, ownAssets) + recovery.beta * received;
      const fails = shortfall > 1e-9 * debt[j]!;
      rate[j] = fails ? 1 - Math.min(1, Math.max(0, paid / debt[j]!)) : 0;
    }
  };
}

/** Clearing (Eisenberg-Noe, Rogers-Veraart) seen from the losses of lenders: least losses, greatest payments. */
export const clearingChannel: Channel = {
  summary: 'Lenders lose what defaulted borrowers cannot pay, all debts ranking equally.',
  source: 'Eisenberg & Noe 2001; Rogers & Veraart 2013',
  through: 'claims',
  open: (system) => counterpartyLoss(system, shareUnpaid(system)),
  worst: allClaimsLost,
};
