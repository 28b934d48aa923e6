import { z } from 'zod';
import { compression } from './compression.js';

/** Four bytes a parameter. */
export const none = compression({
  summary: 'Updates travel whole, four bytes a parameter',
  source: 'McMahan et al. 2017, arXiv 1602.05629',
  options: z.strictObject({}),
  whole: true,
  pack: (update, residual) => ({ bytes: new Uint8Array(update.slice().buffer), residual }),
  unpack: (bytes, length) =>
    bytes.length === 4 * length ? new Float32Array(bytes.slice().buffer) : undefined,
});
