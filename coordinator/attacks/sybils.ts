import { field } from '../../core/scenario/field.js';
import { z } from 'zod';
import { euclidean } from '../round/euclidean.js';
import { attack, type Conspiracy } from './attack.js';

/** Noise of length `length` for each of n vectors, whose sum over them is zero. */
function cancelling({ own, stream }: Conspiracy, length: number): Float64Array[] {
  const size = own[0]!.delta.length;
  const drawn = own.map(() => Float64Array.from({ length: size }, () => stream.normal()));
  const centred = drawn.map((v) =>
    v.map((x, j) => x - drawn.reduce((sum, other) => sum + other[j]!, 0) / own.length),
  );
  return centred.map((v) => v.map((x) => (x * length) / Math.sqrt(size)));
}

/** Colluding Sybils: one attacker under many names.
 * @formula Δ'_i = Δ_1 + ε_i, Σ_i ε_i = 0, Δ_1 trained on turned labels by the first of them
 * @source  Fung, Yoon & Beschastnikh 2020, RAID (arXiv 1808.04866), with the intelligent perturbation of section 7
 * @pitfall where one Sybil is alone in its federation there is nobody to agree with: it is a label flip
 */
export const sybils = attack({
  summary: 'All send the update that the first of them trained on turned labels, behind noise that cancels',
  source: 'Fung, Yoon & Beschastnikh 2020, arXiv 1808.04866',
  turnsLabels: true,
  options: {
    noise: field(
      z.number().min(0).max(100).default(0),
      'Length of the noise that hides their likeness, over that of the update',
      'ratio',
    ),
  },
  send: (conspiracy, { noise }) => {
    const { own } = conspiracy;
    const first = own[0]!.delta;
    const hidden = cancelling(conspiracy, noise * euclidean(first));
    return own.map((_, i) => first.map((d, j) => d + hidden[i]![j]!));
  },
});
