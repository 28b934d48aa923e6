import { log, log1p } from '../../core/numeric.js';
import type { Stream } from '../../core/random.js';

/** How lots are drawn from samples of which some belong together. */
export interface Lot {
  /** Examples to draw from: groups of samples that belong together. */
  readonly examples: number;
  /** Each example's chance to be in a lot. */
  readonly rate: number;
  /** Examples in a lot, on average. */
  readonly expected: number;
}

/** Lots of about as many samples as a minibatch has. */
export function lotOf(samples: number, rowsPerSample: number, batchSize: number): Lot {
  const examples = samples / rowsPerSample;
  const rate = examples === 0 ? 0 : Math.min(1, Math.ceil(batchSize / rowsPerSample) / examples);
  return { examples, rate, expected: rate * examples };
}

/** Draws a lot, every example by itself: from one that is in it to the next is a geometric number of steps.
 * @formula gap = ⌊ln U / ln(1 − q)⌋, P(gap ≥ k) = (1 − q)^k
 * @shape   result: ascending indices of examples
 * @source  Devroye 1986, Non-Uniform Random Variate Generation, ch. X.2; lots as in Abadi et al. 2016
 */
export function drawLot({ examples, rate }: Lot, stream: Stream): number[] {
  if (rate >= 1) return Array.from({ length: examples }, (_, i) => i);
  const rest = log1p(-rate);
  const gap = (): number => Math.floor(log(stream.uniform()) / rest);
  const drawn: number[] = [];
  for (let i = gap(); i < examples; i += 1 + gap()) drawn.push(i);
  return drawn;
}
