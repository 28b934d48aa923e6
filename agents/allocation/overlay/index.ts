import { betaHedge } from './beta-hedge.js';
import {
  costBudgetRule,
  leverageCapRule,
  positionLimitRule,
  turnoverBudgetRule,
  volatilityTargetRule,
} from './budgets.js';
import { currencyHedge } from './currency-hedge.js';
import { drawdownStop } from './drawdown-stop.js';
import { exclusion } from './exclusion.js';
import { groupLimits } from './group-limits.js';
import type { OverlayRule } from './rule.js';
import { stressDeleveraging } from './stress-deleveraging.js';

/** Every rule that can be laid over a strategy, by the name a scenario uses; they apply in the order given. */
export const overlays = {
  exclusion,
  'position-limit': positionLimitRule,
  'group-limits': groupLimits,
  'volatility-target': volatilityTargetRule,
  'stress-deleveraging': stressDeleveraging,
  'drawdown-stop': drawdownStop,
  'beta-hedge': betaHedge,
  'currency-hedge': currencyHedge,
  'leverage-cap': leverageCapRule,
  'turnover-budget': turnoverBudgetRule,
  'cost-budget': costBudgetRule,
} satisfies Record<string, OverlayRule>;

export type OverlayName = keyof typeof overlays;
