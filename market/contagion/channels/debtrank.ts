import type { Channel } from '../channel.js';
import { allClaimsLost, counterpartyLoss } from '../counterparty-loss.js';

/** Distress spreads before default: a borrower that lost a share of its equity is marked down by that share. */
export const debtrankChannel: Channel = {
  summary: 'Lenders mark claims down by the share of its equity that the borrower has lost.',
  source: 'Bardoscia et al. 2015, PLoS ONE 10(6)',
  through: 'claims',
  open: (system) =>
    counterpartyLoss(system, ({ losses }, _own, rate) => {
      for (let j = 0; j < rate.length; j++)
        rate[j] = Math.min(1, Math.max(0, losses[j]!) / system.equity[j]!);
    }),
  worst: allClaimsLost,
};
