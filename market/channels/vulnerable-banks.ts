import { z } from 'zod';
import type { ActingChannel } from './acting.js';

/** A target: whoever's leverage is above what it began with sells back to it, after any loss. */
export const vulnerableBanks: ActingChannel = {
  summary: 'Institutions restore the leverage that they began with by selling, after any loss.',
  through: 'assets',
  options: z.strictObject({}),
  rules: () => ({ assets: (_type, began) => ({ cap: began, target: began }) }),
};
