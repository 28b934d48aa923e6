import { positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { attack } from './attack.js';

/** Model replacement: what was trained on turned labels is sent so long that it outweighs all others.
 * @formula Δ' = γ Δ, γ = n/m unless given, m of n updates being attackers'
 * @source  Bagdasaryan et al. 2020, AISTATS (arXiv 1807.00459)
 * @pitfall the paper's attacker holds back until the others have converged; γ = n/m assumes equal weights
 */
export const scaledUpdate = attack({
  summary: 'Trains on turned labels and scales its update up until it replaces the mean (model replacement)',
  source: 'Bagdasaryan et al. 2020, arXiv 1807.00459',
  turnsLabels: true,
  options: {
    factor: field(
      positive.max(1e4).nullable().default(null),
      'What the update is multiplied by; null: updates in the federation over those of attackers',
      'ratio',
    ),
  },
  send: ({ own, all }, { factor }) => {
    const times = factor ?? all.length / own.length;
    return own.map(({ delta }) => delta.map((d) => times * d));
  },
});
