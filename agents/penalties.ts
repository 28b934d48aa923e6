import type { Brief, Train } from '../core/protocol.js';
import type { Learner } from './learner.js';
import type { PenaltyTerm } from './learning/cohort.js';

type Inputs = (brief: Brief, learner: Learner, message: Train) => PenaltyTerm['inputs'] | undefined;

/** What each named penalty reads beside the parameters. */
const inputs: Readonly<Record<string, Inputs>> = {
  proximal: (_brief, learner) => ({ global: learner.anchor }),
  decorrelation: (brief, learner, { probes, meanForecasts }) => {
    const rows = meanForecasts.length / brief.architectures.length;
    const from = learner.architecture * rows;
    return { probes, forecasts: meanForecasts.subarray(from, from + rows) };
  },
};

/** The penalties of a round: those the scenario gives weight to. */
export function penaltiesOf(brief: Brief, learner: Learner, message: Train): Record<string, PenaltyTerm> {
  const terms: Record<string, PenaltyTerm> = {};
  for (const [name, weight] of Object.entries(brief.learning.penalties)) {
    if (weight === 0) continue;
    const extra = inputs[name]?.(brief, learner, message);
    terms[name] = extra ? { weight, inputs: extra } : { weight };
  }
  return terms;
}
