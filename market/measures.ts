import type { Measure } from '../core/measure.js';
import { garch } from './garch.js';

/** Measures of single price series, by the name `herdscope measure` takes. */
export const measures = { garch } satisfies Record<string, Measure>;
