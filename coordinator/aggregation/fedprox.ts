import { z } from 'zod';
import { nonNegative } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { aggregation } from './aggregation.js';
import { fedavg } from './fedavg.js';

const options = z.strictObject({
  mu: field(nonNegative.default(0.01), 'weight of the penalty on leaving the round’s model', 'weight'),
});

/** FedProx: FedAvg at the coordinator, a leash on local training at the institutions.
 * @formula local loss + μ/2 ‖w − w_round‖²; server as FedAvg
 * @shape   Δ_i (d), n_i examples; result (d)
 * @source  Li et al. 2020, MLSys (arXiv 1812.06127)
 * @pitfall the whole of it is in local training: aggregated alone it is FedAvg
 */
export const fedprox = aggregation({
  summary: 'FedAvg whose local training is penalised for leaving the round’s model.',
  source: 'Li et al. 2020, arXiv 1812.06127',
  needsIndividualUpdates: false,
  options,
  needs: 'penalties',
  penalties: ({ mu }) => ({ proximal: mu }),
  check: (_chosen, { learning }) =>
    learning.penalties.proximal > 0
      ? [{ path: ['rule'], message: 'sets learning.penalties.proximal itself, by mu: leave that at 0' }]
      : [],
  aggregate: (state, round) => fedavg.aggregate(state, round, {}),
});
