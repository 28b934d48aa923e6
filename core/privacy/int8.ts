/** A vector in a byte a coordinate, and the worth of one unit. */
export interface Quantised {
  readonly levels: Int8Array;
  readonly scale: number;
  /** One a coordinate, and four for the scale. */
  readonly bytes: number;
}

/** Rounds to 8 bits, up or down by chance so that the mean is right; `uniform` draws from [0, 1).
 * @formula s = max|x|/127; level = ⌊x/s + u⌋, so E[level s] = x
 * @shape   x (d); levels (d) in −127..127
 * @source  Alistarh et al. 2017, NeurIPS (arXiv 1610.02132)
 * @pitfall one large coordinate makes all the others coarse
 */
export function quantise(values: Float32Array, uniform: () => number): Quantised {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = Math.fround(largest / 127);
  const level = (value: number): number => Math.floor(value / scale + uniform());
  const levels = Int8Array.from(values, (value) =>
    scale > 0 ? Math.max(-127, Math.min(127, level(value))) : 0,
  );
  return { levels, scale, bytes: levels.length + 4 };
}

export const dequantise = ({ levels, scale }: Pick<Quantised, 'levels' | 'scale'>): Float32Array =>
  Float32Array.from(levels, (level) => level * scale);
