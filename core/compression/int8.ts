import { z } from 'zod';
import { dequantise, quantise } from '../privacy/int8.js';
import { compression } from './compression.js';

/** A byte a parameter and four for the unit, rounded up or down by chance so that the mean is right.
 * @formula s = max|Δ|/127; level = ⌊Δ/s + u⌋, u uniform
 * @source  Alistarh et al. 2017, NeurIPS (QSGD, arXiv 1610.02132)
 * @pitfall one large parameter makes all the others coarse
 */
export const int8 = compression({
  summary: 'A byte a parameter, rounded up or down by chance (stochastic rounding)',
  source: 'Alistarh et al. 2017, arXiv 1610.02132',
  options: z.strictObject({}),
  whole: false,
  pack: (update, residual, _options, draws) => {
    const { levels, scale } = quantise(update, () => draws.uniform());
    const bytes = new Uint8Array(levels.length + 4);
    new DataView(bytes.buffer).setFloat32(0, scale, true);
    bytes.set(new Uint8Array(levels.buffer), 4);
    return { bytes, residual };
  },
  unpack: (bytes, length) => {
    if (bytes.length !== length + 4) return undefined;
    const scale = new DataView(bytes.buffer, bytes.byteOffset).getFloat32(0, true);
    const update = dequantise({ levels: new Int8Array(bytes.slice(4).buffer), scale });
    return update.every(Number.isFinite) ? update : undefined;
  },
});
