import type { Measure } from '../../core/measure.js';
import type { Aggregation } from './aggregation.js';
import { bulyan } from './bulyan.js';
import { clustered } from './clustered.js';
import { fedadagrad } from './fedadagrad.js';
import { fedadam } from './fedadam.js';
import { fedavg } from './fedavg.js';
import { fedavgm } from './fedavgm.js';
import { fedbuff } from './fedbuff.js';
import { fedmd } from './fedmd.js';
import { fednova } from './fednova.js';
import { fedprox } from './fedprox.js';
import { fedyogi } from './fedyogi.js';
import { foolsgold } from './foolsgold.js';
import { geometricMedian } from './geometric-median.js';
import { gossip } from './gossip.js';
import { hierarchical } from './hierarchical.js';
import { krum } from './krum.js';
import { maskMeasure } from './mask-measure.js';
import { aggregateMeasure } from './measure.js';
import { median } from './median.js';
import { multiKrum } from './multi-krum.js';
import { normClipping } from './norm-clipping.js';
import { privacyMeasures } from './privacy-measures.js';
import { scaffold } from './scaffold.js';
import { trimmedMean } from './trimmed-mean.js';

/** Aggregation rules by the name a scenario gives. */
export const aggregations = {
  fedavg,
  fedprox,
  fedavgm,
  fedadagrad,
  fedadam,
  fedyogi,
  scaffold,
  fednova,
  median,
  'trimmed-mean': trimmedMean,
  krum,
  'multi-krum': multiKrum,
  bulyan,
  'geometric-median': geometricMedian,
  'norm-clipping': normClipping,
  foolsgold,
  fedbuff,
  clustered,
  hierarchical,
  gossip,
  fedmd,
} satisfies Record<string, Aggregation>;

/** What `herdscope measure` runs. */
export const measures = {
  aggregate: aggregateMeasure(aggregations),
  ...privacyMeasures,
  mask: maskMeasure,
} satisfies Record<string, Measure>;
