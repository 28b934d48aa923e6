import type { Channel } from '../channel.js';
import { allClaimsLost, counterpartyLoss, isWipedOut } from '../counterparty-loss.js';

/** Default alone hurts: a borrower whose losses reach its equity leaves lenders with the loss given default. */
export const cascadeChannel: Channel = {
  summary: 'Lenders lose the loss given default on borrowers whose losses reach their equity.',
  source: 'Furfine 2003, Journal of Money, Credit and Banking 35(1)',
  through: 'claims',
  open: (system) =>
    counterpartyLoss(system, ({ losses }, _own, rate) => {
      for (let j = 0; j < rate.length; j++)
        rate[j] = isWipedOut(losses[j]!, system.equity[j]!) ? system.lossGivenDefault : 0;
    }),
  worst: allClaimsLost,
};
