import { z } from 'zod';
import { fromTopK, topK } from '../privacy/top-k.js';
import { field, unitInterval } from '../scenario/field.js';
import { compression } from './compression.js';

/** The largest numbers of an update; what is held back counts in the next (error feedback).
 * @formula v = Δ + e; the k = ⌈share d⌉ entries of largest |v| are sent; e ← v − sent
 * @source  Stich, Cordonnier & Jaggi 2018, NeurIPS (arXiv 1809.07599)
 * @pitfall with mixing below 1 what was held back is also still in the institution's own model, and counts again
 */
export const topKCompression = compression({
  summary: 'The largest numbers of each update; what is held back is added to the next (top-k)',
  source: 'Stich, Cordonnier & Jaggi 2018, arXiv 1809.07599',
  options: z.strictObject({
    share: field(unitInterval.gt(0).default(0.1), 'Share of the parameters that is sent', 'share of count'),
  }),
  whole: false,
  pack: (update, before, { share }) => {
    const k = Math.min(update.length, Math.ceil(share * update.length - 1e-9));
    const { indices, values, residual } = topK(update, before, k);
    const bytes = new Uint8Array(8 * indices.length);
    bytes.set(new Uint8Array(indices.slice().buffer));
    bytes.set(new Uint8Array(values.slice().buffer), 4 * indices.length);
    return { bytes, residual };
  },
  unpack: (bytes, length) => {
    const count = bytes.length / 8;
    if (!Number.isInteger(count) || count > length) return undefined;
    const indices = new Uint32Array(bytes.slice(0, 4 * count).buffer);
    const values = new Float32Array(bytes.slice(4 * count).buffer);
    const rising = indices.every((index, i) => index < length && (i === 0 || index > indices[i - 1]!));
    return rising && values.every(Number.isFinite) ? fromTopK({ indices, values }, length) : undefined;
  },
});
