import { noStress, type Channel } from '../channel.js';
import { ownShares } from '../cross-holdings.js';
import { product } from '../product.js';
import { totalAssets } from '../stress-system.js';

/** Owners share the losses of what they own, and an organisation that falls below its threshold loses more at once. */
export const crossHoldingsChannel: Channel = {
  summary: 'Owners share the losses of what they own; failing below a threshold costs extra.',
  source: 'Elliott, Golub & Jackson 2014, American Economic Review 104(10)',
  through: 'shares',
  open: (system) => {
    const { crossHoldings, equity, failure } = system;
    const cost = ownShares(crossHoldings).map((share, i) => share * equity[i]! * failure.cost);
    return ({ losses }, _own, caused) => {
      product(crossHoldings, losses, caused.losses);
      for (let i = 0; i < cost.length; i++)
        if (equity[i]! - losses[i]! < failure.threshold * equity[i]! * (1 - 1e-12))
          caused.losses[i]! += cost[i]!;
    };
  },
  worst: (system) => ({ ...noStress(system.equity.length), losses: totalAssets(system) }),
};
