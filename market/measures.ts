import type { Measure } from '../core/measure.js';

export const measures = {} satisfies Record<string, Measure>;
