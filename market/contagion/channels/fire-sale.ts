import { allSold, assetSale, type AmountToRaise, type AssetSale } from '../asset-sale.js';
import type { Channel } from '../channel.js';
import { totalAssets, type StressSystem } from '../stress-system.js';

/** Just enough to bring assets down to the cap times equity, or to repay withdrawn funding; all when wiped out.
 *
 * Cash goes first, to repay withdrawn funding and debt alike.
 */
export function sellDownToCap(system: StressSystem): AmountToRaise {
  const assets = totalAssets(system);
  const { equity, leverageCap, cash } = system;
  return ({ losses, withdrawn }, amount) => {
    for (let i = 0; i < amount.length; i++) {
      const left = equity[i]! - losses[i]!;
      const excess = left > 0 ? assets[i]! - losses[i]! - leverageCap[i]! * left : Infinity;
      amount[i] = Math.max(excess, withdrawn[i]!) - cash[i]!;
    }
  };
}

const sale = (system: StressSystem): AssetSale => assetSale(system, sellDownToCap(system));

export const fireSaleChannel: Channel = {
  summary: 'Institutions above the leverage cap sell down to it; prices fall for every holder.',
  source: 'Cifuentes, Ferrucci & Shin 2005, JEEA 3(2-3); Cont & Schaanning 2017',
  through: 'assets',
  open: (system) => sale(system).transmit,
  worst: allSold,
  sale,
};
