import { attack } from './attack.js';

/** Data poisoning: attackers learn the opposite of what happened, and send that honestly.
 * @formula y' = −y in every sample of local training
 * @source  Tolpegin et al. 2020, ESORICS (arXiv 2007.08432)
 * @pitfall an attacker's own model is what it trained, so it trades by it; what it counts as outcome is the truth
 */
export const labelFlip = attack({
  summary: 'Trains on targets with their sign turned, and sends what comes of it',
  source: 'Tolpegin et al. 2020, arXiv 2007.08432',
  turnsLabels: true,
  options: {},
});
