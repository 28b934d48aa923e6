import { z } from 'zod';
import { positive, share } from '../../../core/measure-input.js';
import { field } from '../../../core/scenario/field.js';
import { costBudget } from './cost-budget.js';
import { leverageCap } from './leverage-cap.js';
import { positionLimits } from './position-limits.js';
import { overlayRule } from './rule.js';
import { turnoverBudget } from './turnover-budget.js';
import { volatilityTarget } from './volatility-target.js';

/** Trading days in a year. */
const year = 252;

export const volatilityTargetRule = overlayRule({
  summary: 'Weights are scaled down so that forecast volatility does not exceed a target.',
  source: 'Harvey et al. 2018, Journal of Portfolio Management 45(1)',
  options: z.strictObject({
    target: field(positive.default(0.1), 'Greatest forecast volatility', 'per year'),
  }),
  limit: ({ target }) => volatilityTarget(target / Math.sqrt(year)),
});

export const positionLimitRule = overlayRule({
  summary: 'No weight, long or short, beyond a limit.',
  source: 'Grinold & Kahn 1999, Active Portfolio Management, chapter 15',
  options: z.strictObject({ max: field(positive, 'Greatest size of a weight', 'share of equity') }),
  limit: ({ max }) => positionLimits(max),
});

export const leverageCapRule = overlayRule({
  summary: 'Weights are scaled down so that their gross sum does not exceed a cap.',
  source: 'Ang 2014, Asset Management, Oxford University Press, chapter 17',
  options: z.strictObject({ max: field(positive, 'Greatest gross sum of weights', 'share of equity') }),
  limit: ({ max }) => leverageCap(max),
});

export const turnoverBudgetRule = overlayRule({
  summary: 'Trades go part of the way where the whole way would turn over too much.',
  source: 'Grinold & Kahn 1999, Active Portfolio Management, chapter 16',
  options: z.strictObject({
    max: field(share.gt(0), 'Greatest gross turnover at a rebalancing', 'share of equity'),
  }),
  limit: ({ max }) => turnoverBudget(max),
});

export const costBudgetRule = overlayRule({
  summary: 'Trades go part of the way where the whole way would cost too much.',
  source: 'Grinold & Kahn 1999, Active Portfolio Management, chapter 16',
  options: z.strictObject({
    maxBps: field(positive, 'Greatest cost of a rebalancing', 'basis points of equity'),
  }),
  limit: ({ maxBps }) => costBudget(maxBps / 1e4),
});
