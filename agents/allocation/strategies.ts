import { blackLitterman } from './black-litterman.js';
import { buyAndHold } from './buy-and-hold.js';
import { clusterBased } from './cluster-based.js';
import { constantProportionInsurance } from './constant-proportion-insurance.js';
import { equalWeight } from './equal-weight.js';
import { hierarchicalEqualRiskContribution } from './hierarchical-equal-risk-contribution.js';
import { hierarchicalRiskParity } from './hierarchical-risk-parity.js';
import { inverseVolatility } from './inverse-volatility.js';
import { kelly } from './kelly.js';
import { maximumDiversification } from './maximum-diversification.js';
import { maximumSharpe } from './maximum-sharpe.js';
import { meanVariance } from './mean-variance.js';
import { minimumCvar } from './minimum-cvar.js';
import { minimumVariance } from './minimum-variance.js';
import { policyStrategy } from './policy.js';
import { resampled } from './resampled.js';
import { riskParity } from './risk-parity.js';
import { robustMeanVariance } from './robust-mean-variance.js';
import { sixtyForty } from './sixty-forty.js';
import type { Strategy } from './strategy.js';
import { volatilityTargetStrategy } from './volatility-target.js';

/** Every portfolio strategy, by the name a scenario uses. */
export const strategies = {
  'equal-weight': equalWeight,
  'buy-and-hold': buyAndHold,
  'sixty-forty': sixtyForty,
  'mean-variance': meanVariance,
  'robust-mean-variance': robustMeanVariance,
  resampled,
  'minimum-variance': minimumVariance,
  'maximum-sharpe': maximumSharpe,
  'maximum-diversification': maximumDiversification,
  'minimum-cvar': minimumCvar,
  kelly,
  'inverse-volatility': inverseVolatility,
  'risk-parity': riskParity,
  'hierarchical-risk-parity': hierarchicalRiskParity,
  'hierarchical-equal-risk-contribution': hierarchicalEqualRiskContribution,
  'cluster-based': clusterBased,
  'black-litterman': blackLitterman,
  'volatility-target': volatilityTargetStrategy,
  'constant-proportion-insurance': constantProportionInsurance,
  policy: policyStrategy,
} satisfies Record<string, Strategy>;

export type StrategyName = keyof typeof strategies;
