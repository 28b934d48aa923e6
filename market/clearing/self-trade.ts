/** What meeting one's own resting order leads to. */
export const Meeting = { trade: 0, skipResting: 1, stopIncoming: 2 } as const;

/** Self-trade prevention by the name a scenario gives: what happens where buyer and seller have one owner. */
export const selfTradePolicies = {
  /** They trade like any others. */
  allow: Meeting.trade,
  /** The resting order is cancelled, and the incoming one goes on. */
  'cancel-resting': Meeting.skipResting,
  /** What is left of the incoming order is cancelled. */
  'cancel-incoming': Meeting.stopIncoming,
} as const;

export type SelfTradePolicy = keyof typeof selfTradePolicies;
