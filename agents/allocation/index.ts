import { covarianceMeasure } from './covariance/measure.js';
import { allocateMeasure } from './measure.js';

export { covarianceEstimators, type CovarianceEstimatorName } from './covariance/index.js';
export { executions } from './execution/index.js';
export { overlays } from './overlay/index.js';
export { triggers } from './rebalancing/index.js';
export { strategies, type StrategyName } from './strategies.js';
export { StrategyFailed } from './strategy-failed.js';
export type { Strategy } from './strategy.js';
export type { ReturnHistory, View } from './view.js';

/** What `herdscope measure` offers of this folder. */
export const measures = { allocate: allocateMeasure, covariance: covarianceMeasure };
