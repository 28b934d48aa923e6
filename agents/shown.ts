import type { Brief } from '../core/protocol.js';
import { forecastDeployed, type OpenRegime } from './curriculum.js';
import type { Learner } from './learner.js';
import type { Cohort } from './learning/cohort.js';
import { probesFor } from './probes.js';

/** Whose model is shown, and where it computes. */
export interface Exhibit {
  readonly brief: Brief;
  readonly learner: Learner;
  readonly cohort: Cohort;
  readonly regimes: readonly OpenRegime[];
  /** Public probes, as messages bring them. */
  readonly probes: Float32Array;
}

const ways: Readonly<Record<Brief['exchange']['of'], (exhibit: Exhibit) => Float32Array>> = {
  parameters: ({ learner, cohort }) => cohort.parameters(learner.slot).slice(0, learner.anchor.length),
  forecasts: ({ brief, learner, cohort, regimes, probes }) => {
    const rows = learner.anchor.length;
    const read = probesFor(brief, cohort, learner.architecture, probes, rows);
    return forecastDeployed(regimes, cohort, learner.slot, ...read).mean.slice(0, rows);
  },
};

/** What a federation gets to see of a learner's model: the parameters that are shared, or its forecasts on the public
 * probes. */
export const shown = (exhibit: Exhibit): Float32Array => ways[exhibit.brief.exchange.of](exhibit);
