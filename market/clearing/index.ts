import { auctions } from './auctions.js';
import { continuous } from './continuous.js';
import { impact } from './impact.js';
import type { Mechanism } from './mechanism.js';

/** Market mechanisms that a scenario can name. */
export const mechanisms = {
  impact,
  'call-auction': auctions,
  'order-book': continuous,
} satisfies Record<string, Mechanism>;
