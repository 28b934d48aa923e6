import { z } from 'zod';
import { normalQuantile } from '../../core/numeric.js';
import { field } from '../../core/scenario/field.js';
import { attack } from './attack.js';

/** How many standard deviations from the mean still have enough honest updates further out.
 * @formula Φ(z) = (n − m − s)/(n − m), s = ⌊n/2 + 1⌋ − m, at least 1; z at least 0
 * @range   ≥ 0; 1.43 for 24 of 50
 * @source  Baruch, Baruch & Goldberg 2019, NeurIPS (arXiv 1902.06156), algorithm 3
 */
export function deviationsHidden(all: number, attackers: number): number {
  const honest = all - attackers;
  const supporters = Math.max(1, Math.floor(all / 2 + 1) - attackers);
  const share = (honest - supporters) / honest;
  return share > 0.5 ? normalQuantile(share) : 0;
}

/** Small, coordinated deviations that hide in the spread of honest updates.
 * @formula Δ'_j = μ_j + z σ_j in every coordinate j, the same for all attackers
 * @shape   μ, σ (d): mean and standard deviation (over n) of the updates they know
 * @source  Baruch, Baruch & Goldberg 2019, NeurIPS (arXiv 1902.06156), algorithm 3
 * @pitfall a lone attacker that knows only itself sees no spread, and few attackers have z = 0: they then send the mean
 */
export const aLittleIsEnough = attack({
  summary: 'All send the mean of the updates they know, moved by as much as hides in their spread',
  source: 'Baruch, Baruch & Goldberg 2019, arXiv 1902.06156',
  turnsLabels: false,
  options: {
    deviations: field(
      z.number().min(0).max(100).nullable().default(null),
      'Standard deviations z by which they deviate; null: as many as a majority leaves room for',
      'standard deviations',
    ),
    knowledge: field(
      z.enum(['colluders', 'everybody']).default('colluders'),
      'Whose updates they know: their own, or all',
      'name',
    ),
  },
  send: ({ own, all }, { deviations, knowledge }) => {
    const known = { colluders: own, everybody: all }[knowledge];
    const z = deviations ?? deviationsHidden(all.length, own.length);
    const sent = own[0]!.delta.map((_, j) => {
      const mean = known.reduce((sum, { delta }) => sum + delta[j]!, 0) / known.length;
      const variance = known.reduce((sum, { delta }) => sum + (delta[j]! - mean) ** 2, 0) / known.length;
      return mean + z * Math.sqrt(variance);
    });
    return own.map(() => sent.slice());
  },
});
