import type { Fact } from '../fact.js';
import { aggregationalGaussianity } from './aggregational-gaussianity.js';
import { conditionalHeavyTails } from './conditional-heavy-tails.js';
import { gainLossAsymmetry } from './gain-loss-asymmetry.js';
import { heavyTails } from './heavy-tails.js';
import { intermittency } from './intermittency.js';
import { leverageEffect } from './leverage-effect.js';
import { returnAutocorrelation } from './return-autocorrelation.js';
import { slowDecay } from './slow-decay.js';
import { stressCorrelation } from './stress-correlation.js';
import { tailIndex } from './tail-index.js';
import { volumeVolatility } from './volume-volatility.js';

/** The eleven facts of the scorecard, by name. */
export const facts = {
  'return-autocorrelation': returnAutocorrelation,
  'heavy-tails': heavyTails,
  'tail-index': tailIndex,
  'gain-loss-asymmetry': gainLossAsymmetry,
  'aggregational-gaussianity': aggregationalGaussianity,
  'slow-decay': slowDecay,
  'conditional-heavy-tails': conditionalHeavyTails,
  'leverage-effect': leverageEffect,
  'volume-volatility': volumeVolatility,
  'stress-correlation': stressCorrelation,
  intermittency,
} satisfies Record<string, Fact>;

export type FactName = keyof typeof facts;
export const factNames = Object.keys(facts) as FactName[];
