import { allSold, assetSale } from '../asset-sale.js';
import type { Channel } from '../channel.js';
import { totalDebt } from '../stress-system.js';

/** Every loss is met by selling debt over equity times it, which restores the old leverage; cash does not help. */
export const vulnerableBanksChannel: Channel = {
  summary: 'Institutions restore their leverage after any loss by selling assets in proportion.',
  source: 'Greenwood, Landier & Thesmar 2015, Journal of Financial Economics 115(3)',
  open: (system) => {
    const debtOverEquity = totalDebt(system).map((debt, i) => debt / system.equity[i]!);
    return assetSale(system, ({ losses }, amount) => {
      for (let i = 0; i < amount.length; i++) amount[i] = debtOverEquity[i]! * losses[i]!;
    }).transmit;
  },
  worst: allSold,
};
