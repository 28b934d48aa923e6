import { change, fastVolatility, slowVolatility, type Memory } from './memory.js';

/** Lags in days of the momentum features. */
const lags = [1, 5, 20, 60, 120] as const;
export const longestLag = 120;
const priceFeatures = lags.length + 3;
const clip = 4;

/** How an input row is laid out: the price block, then two columns a source (value, mask), in the order of
 * the scenario's sources.
 *
 * Every institution has every column: a source that it does not subscribe to, or that says nothing of an asset, is 0
 * with its mask 0. So any two
 * institutions of one architecture have parameters of one shape and meaning, and may federate. */
export interface FeatureLayout {
  readonly width: number;
  readonly sources: readonly string[];
}

export const featureLayout = (sources: readonly string[]): FeatureLayout => ({
  width: priceFeatures + 2 * sources.length,
  sources,
});

const clipped = (x: number): number => Math.max(-clip, Math.min(clip, x));

/** Standardised momentum of one asset over each lag; 0 where the memory does not reach back that far. */
function momentum(memory: Memory, asset: number, sigma: number, into: Float32Array, at: number): void {
  for (let l = 0; l < lags.length; l++) {
    const lag = lags[l]!;
    const past = memory.steps >= lag ? change(memory, asset, lag) : 0;
    into[at + l] = clipped(past / (sigma * Math.sqrt(lag)));
  }
}

/** Writes the input rows (assets x width) of the coming day from what is known at the close before.
 *
 * Price block: returns over 1, 5, 20, 60 and 120 days in standard deviations, the 20-day one less its mean
 * over assets, the mean 5-day one of all assets, and the ratio of fast to slow volatility less one. */
export function writeFeatures(
  layout: FeatureLayout,
  memory: Memory,
  subscribed: Uint8Array,
  sources: Float32Array,
  into: Float32Array,
  start: number,
): void {
  const { assets } = memory;
  const { width } = layout;
  let mean5 = 0;
  let mean20 = 0;
  for (let k = 0; k < assets; k++) {
    const at = start + k * width;
    momentum(memory, k, slowVolatility(memory, k), into, at);
    mean5 += into[at + 1]! / assets;
    mean20 += into[at + 2]! / assets;
  }
  for (let k = 0; k < assets; k++) {
    const at = start + k * width;
    into[at + lags.length] = into[at + 2]! - mean20;
    into[at + lags.length + 1] = mean5;
    into[at + lags.length + 2] = clipped(fastVolatility(memory, k) / slowVolatility(memory, k) - 1);
    for (let q = 0; q < layout.sources.length; q++) {
      const reading = subscribed[q]! ? sources[q * assets + k]! : 0;
      into[at + priceFeatures + 2 * q] = reading;
      into[at + priceFeatures + 2 * q + 1] = reading === 0 ? 0 : 1; // exactly 0: nothing was said
    }
  }
}
