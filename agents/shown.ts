import type { Brief } from '../core/protocol.js';
import { forecastDeployed, type OpenRegime } from './curriculum.js';
import type { Learner } from './learner.js';
import { partsOf, type Cohort, type ParameterTensor } from './learning/cohort.js';
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

interface Way {
  readonly show: (exhibit: Exhibit) => Float32Array;
  readonly parts: (exhibit: Exhibit) => readonly ParameterTensor[];
}

const ways: Readonly<Record<Brief['exchange']['of'], Way>> = {
  parameters: {
    show: ({ learner, cohort }) => cohort.parameters(learner.slot).slice(0, learner.anchor.length),
    parts: ({ cohort }) => partsOf(cohort),
  },
  forecasts: {
    show: ({ brief, learner, cohort, regimes, probes }) => {
      const rows = learner.anchor.length;
      const read = probesFor(brief, cohort, learner.architecture, probes, rows);
      return forecastDeployed(regimes, cohort, learner.slot, ...read).mean.slice(0, rows);
    },
    parts: ({ learner }) => [
      { name: 'forecasts on the public probes', rows: learner.anchor.length, columns: 1 },
    ],
  },
};

/** What a federation gets to see of a learner's model: the parameters that are shared, or its forecasts on the public
 * probes. */
export const shown = (exhibit: Exhibit): Float32Array => ways[exhibit.brief.exchange.of].show(exhibit);

/** How what is shown divides, in order; tensors that stay at home may follow. */
export const partsShown = (exhibit: Exhibit): readonly ParameterTensor[] =>
  ways[exhibit.brief.exchange.of].parts(exhibit);
