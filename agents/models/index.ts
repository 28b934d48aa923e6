import type { Architecture } from './architecture.js';
import { autoregressive } from './autoregressive.js';
import { bayesianLinear } from './bayesian-linear.js';
import { deepEnsemble } from './deep-ensemble.js';
import { garchForecast } from './garch-forecast.js';
import { gradientBoosting } from './gradient-boosting.js';
import { graph } from './graph.js';
import { gru } from './gru.js';
import { linear } from './linear.js';
import { lstm } from './lstm.js';
import { mcDropout } from './mc-dropout.js';
import { mlp } from './mlp.js';
import { randomForest } from './random-forest.js';
import { rule } from './rule.js';
import { deepQ } from './deep-q.js';
import { evolutionGradient } from './evolution-gradient.js';
import { evolution } from './evolution.js';
import { policyGradient } from './policy-gradient.js';
import { ppo } from './ppo.js';
import { sharpePolicy } from './sharpe-policy.js';
import { tfjs } from './tfjs.js';
import { transformer } from './transformer.js';

export type { Architecture, DayShape, InputShape, Loaded } from './architecture.js';

/** The architectures a scenario may name. */
export const architectures = {
  linear,
  mlp,
  lstm,
  gru,
  transformer,
  graph,
  'bayesian-linear': bayesianLinear,
  'mc-dropout': mcDropout,
  'deep-ensemble': deepEnsemble,
  'gradient-boosting': gradientBoosting,
  'random-forest': randomForest,
  autoregressive,
  'garch-forecast': garchForecast,
  rule,
  'sharpe-policy': sharpePolicy,
  'policy-gradient': policyGradient,
  ppo,
  'deep-q': deepQ,
  evolution,
  'evolution-gradient': evolutionGradient,
  tfjs,
} satisfies Record<string, Architecture>;

export type ArchitectureName = keyof typeof architectures;
