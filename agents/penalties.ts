import type { Brief, Train } from '../core/protocol.js';
import { correctionOf } from './control-variate.js';
import type { Learner } from './learner.js';
import type { Cohort, PenaltyTerm } from './learning/cohort.js';
import { architectures, type ArchitectureName } from './models/index.js';
import { withShared } from './shared-part.js';
import { probesFor } from './probes.js';

type Inputs = (
  brief: Brief,
  learner: Learner,
  cohort: Cohort,
  message: Train,
) => PenaltyTerm['inputs'] | undefined;

/** What each named penalty reads beside the parameters. */
const inputs: Readonly<Record<string, Inputs>> = {
  proximal: (_brief, { anchor, slot }, cohort) => ({ global: withShared(anchor, cohort.parameters(slot)) }),
  control: (_brief, learner, { parameterCount }) => ({ correction: correctionOf(learner, parameterCount) }),
  decorrelation: (brief, learner, cohort, message) => {
    const rows = message.meanForecasts.length / brief.architectures.length;
    const from = learner.architecture * rows;
    const means = message.meanForecasts.subarray(from, from + rows);
    const [probes, count] = probesFor(brief, cohort, learner.architecture, message.probes, rows);
    return { probes, forecasts: Float32Array.from({ length: count }, (_, r) => means[r % rows]!) };
  },
};

/** The penalties of a round: those the scenario gives weight to, where there is a gradient to act on. */
export function penaltiesOf(
  brief: Brief,
  learner: Learner,
  cohort: Cohort,
  message: Train,
): Record<string, PenaltyTerm> {
  const { name } = brief.architectures[learner.architecture]!;
  if (architectures[name as ArchitectureName].learns === 'by refitting') return {};
  const terms: Record<string, PenaltyTerm> = {};
  for (const [penalty, weight] of Object.entries(brief.learning.penalties)) {
    if (weight === 0) continue;
    const extra = inputs[penalty]?.(brief, learner, cohort, message);
    terms[penalty] = extra ? { weight, inputs: extra } : { weight };
  }
  return terms;
}
