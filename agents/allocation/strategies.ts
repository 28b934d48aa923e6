import { blackLitterman } from './black-litterman.js';
import { equalWeight } from './equal-weight.js';
import { hierarchicalRiskParity } from './hierarchical-risk-parity.js';
import { inverseVolatility } from './inverse-volatility.js';
import { maximumDiversification } from './maximum-diversification.js';
import { maximumSharpe } from './maximum-sharpe.js';
import { meanVariance } from './mean-variance.js';
import { minimumVariance } from './minimum-variance.js';
import { riskParity } from './risk-parity.js';
import type { Strategy } from './strategy.js';

/** Every portfolio strategy, by the name a scenario uses. */
export const strategies = {
  'equal-weight': equalWeight,
  'mean-variance': meanVariance,
  'minimum-variance': minimumVariance,
  'maximum-sharpe': maximumSharpe,
  'maximum-diversification': maximumDiversification,
  'inverse-volatility': inverseVolatility,
  'risk-parity': riskParity,
  'hierarchical-risk-parity': hierarchicalRiskParity,
  'black-litterman': blackLitterman,
} satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof strategies;
