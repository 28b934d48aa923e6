import { positive } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { attack } from './attack.js';

/** Every attacker sends the opposite of what it learned.
 * @formula Δ' = −s Δ
 * @source  Li et al. 2019, AAAI (RSA, arXiv 1811.03761)
 * @pitfall m of n attackers turn the mean round where s m > n − m
 */
export const signFlip = attack({
  summary: 'Sends the opposite of the update that it trained, times a strength',
  source: 'Li et al. 2019, arXiv 1811.03761',
  turnsLabels: false,
  options: {
    strength: field(
      positive.max(1e4).default(4),
      'Length of what is sent over that of what was trained',
      'ratio',
    ),
  },
  send: ({ own }, { strength }) => own.map(({ delta }) => delta.map((d) => -strength * d)),
});
