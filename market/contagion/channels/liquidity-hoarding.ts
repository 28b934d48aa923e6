import { noStress, type Channel } from '../channel.js';
import { withdrawnFrom } from '../liquidity-hoarding.js';
import { columnSums } from '../product.js';

/** Whoever is short of cash, or wiped out, calls in its loans: its borrowers lose that funding. */
export const liquidityHoardingChannel: Channel = {
  summary: 'Institutions short of cash call in loans, which leaves their borrowers short.',
  source: 'Gai, Haldane & Kapadia 2011, Journal of Monetary Economics 58(5)',
  through: 'funding',
  open: (system) => {
    const hoards = new Float64Array(system.equity.length);
    return ({ losses, withdrawn }, _own, caused) => {
      for (let i = 0; i < hoards.length; i++)
        hoards[i] =
          withdrawn[i]! > system.cash[i]! || losses[i]! >= system.equity[i]! ? system.hoardedShare : 0;
      withdrawnFrom(system.exposures, hoards, caused.withdrawn);
    };
  },
  worst: (system) => ({
    ...noStress(system.equity.length),
    withdrawn: columnSums(system.exposures),
  }),
};
