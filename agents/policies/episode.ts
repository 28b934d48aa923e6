import type { Stream } from '../../core/random.js';
import type { Samples } from '../learning/cohort.js';
import { allFinite, NonFinite } from '../learning/non-finite.js';

/** Some days in a row, all assets of each: what a policy lives through in one step of training. */
export interface Episode {
  readonly days: number;
  readonly assets: number;
  /** Rows (days x assets, row width), day by day. */
  readonly inputs: Float32Array;
  /** What then happened, in standard deviations: (days x assets). */
  readonly outcomes: Float32Array;
}

/** Draws an episode of consecutive days; all there are where they are fewer than asked for. */
export function drawEpisode(
  architecture: string,
  samples: Samples,
  assets: number,
  width: number,
  most: number,
  stream: Stream,
): Episode {
  const all = Math.floor(samples.count / assets);
  const days = Math.min(most, all);
  const first = stream.integer(all - days + 1) * assets;
  const inputs = new Float32Array(days * assets * width);
  const outcomes = Float32Array.from({ length: days * assets }, (_, row) =>
    samples.gather(first + row, inputs, row * width),
  );
  if (!allFinite(inputs, 0, inputs.length)) throw new NonFinite(architecture, 'inputs');
  if (!allFinite(outcomes, 0, outcomes.length)) throw new NonFinite(architecture, 'targets');
  return { days, assets, inputs, outcomes };
}
