import { allSold, assetSale, type AssetSale } from '../asset-sale.js';
import type { Channel } from '../channel.js';
import { totalDebt, type StressSystem } from '../stress-system.js';

/** Debt over equity times the loss. */
function sale(system: StressSystem): AssetSale {
  const debtOverEquity = totalDebt(system).map((debt, i) => debt / system.equity[i]!);
  return assetSale(system, ({ losses }, amount) => {
    for (let i = 0; i < amount.length; i++) amount[i] = debtOverEquity[i]! * losses[i]!;
  });
}

/** Every loss is met by selling debt over equity times it, which restores the old leverage; cash does not help. */
export const vulnerableBanksChannel: Channel = {
  summary: 'Institutions restore their leverage after any loss by selling assets in proportion.',
  source: 'Greenwood, Landier & Thesmar 2015, Journal of Financial Economics 115(3)',
  through: 'assets',
  open: (system) => sale(system).transmit,
  worst: allSold,
  sale,
};
