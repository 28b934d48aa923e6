import { adversarial } from './adversarial.js';
import { distillation } from './distillation.js';
import { earlyStopping } from './early-stopping.js';
import { elasticWeightConsolidation } from './elastic-weight-consolidation.js';
import { quantized } from './quantized.js';
import type { Regime } from './regime.js';
import { replay } from './replay.js';

/** The training regimes a scenario may name. Lessons are prepared in this order: what is held out is never rehearsed or
 * taught, and the teacher sees what is rehearsed. */
export const regimes = {
  'early-stopping': earlyStopping,
  replay,
  distillation,
  'elastic-weight-consolidation': elasticWeightConsolidation,
  adversarial,
  quantized,
} satisfies Record<string, Regime>;

export type RegimeName = keyof typeof regimes;
