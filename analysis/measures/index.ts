import type { Measure } from '../../core/measure.js';
import { lsv } from './herding/lsv.js';
import { overlap } from './herding/overlap.js';
import { effectiveNumber } from './monoculture/effective-number.js';
import { stylizedFacts } from './performance/stylized-facts.js';

/** Measures of herding, monoculture, systemic stress and realism, by the name `herdscope measure` takes. */
export const measures = {
  lsv,
  overlap,
  'effective-number': effectiveNumber,
  'stylized-facts': stylizedFacts,
} satisfies Record<string, Measure>;
