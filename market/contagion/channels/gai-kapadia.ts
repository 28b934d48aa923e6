import type { Channel } from '../channel.js';
import { counterpartyLoss, isWipedOut } from '../counterparty-loss.js';
import { evenlySpread } from '../gai-kapadia.js';
import { noStress } from '../channel.js';
import { rowSums } from '../product.js';

/** Gai and Kapadia's cascade: interbank assets count as spread evenly over borrowers, and nothing is recovered. */
export const gaiKapadiaChannel: Channel = {
  summary: 'Lenders lose an even share of their interbank assets with each borrower that defaults.',
  source: 'Gai & Kapadia 2010, Proceedings of the Royal Society A 466',
  through: 'claims',
  open: (system) =>
    counterpartyLoss({ ...system, exposures: evenlySpread(system.exposures) }, ({ losses }, _own, rate) => {
      for (let j = 0; j < rate.length; j++) rate[j] = isWipedOut(losses[j]!, system.equity[j]!) ? 1 : 0;
    }),
  worst: (system) => ({ ...noStress(system.equity.length), losses: rowSums(system.exposures) }),
};
