import type { Measure } from '../../core/measure.js';
import type { Aggregation } from './aggregation.js';
import { fedavg } from './fedavg.js';
import { aggregateMeasure } from './measure.js';

/** Aggregation rules by the name a scenario gives. */
export const aggregations = {
  fedavg,
} satisfies Record<string, Aggregation>;

/** What `herdscope measure` runs. */
export const measures = {
  aggregate: aggregateMeasure(aggregations),
} satisfies Record<string, Measure>;
