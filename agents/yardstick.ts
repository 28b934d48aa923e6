import { cholesky, choleskySolve } from '../core/linear.js';
import { allFinite } from './learning/non-finite.js';

/** Ordinary least squares on every matured sample a mind has seen, kept as normal equations: the yardstick
 * beside which a model's skill is reported. Plain data. */
export interface Yardstick {
  readonly width: number;
  readonly gram: Float64Array;
  readonly moment: Float64Array;
  readonly coefficients: Float64Array;
  samples: number;
}

/** The last column is the constant. */
export const createYardstick = (width: number): Yardstick => ({
  width,
  gram: new Float64Array((width + 1) ** 2),
  moment: new Float64Array(width + 1),
  coefficients: new Float64Array(width + 1),
  samples: 0,
});

export function addSample(yardstick: Yardstick, rows: Float32Array, at: number, target: number): void {
  const { width, gram, moment } = yardstick;
  // One value that is no number would stay in the sums for good.
  if (!allFinite(rows, at, at + width)) return;
  const n = width + 1;
  for (let i = 0; i < n; i++) {
    const xi = i === width ? 1 : rows[at + i]!;
    if (xi === 0) continue;
    for (let j = 0; j <= i; j++) gram[i * n + j]! += xi * (j === width ? 1 : rows[at + j]!);
    moment[i]! += xi * target;
  }
  yardstick.samples++;
}

/** Solves the normal equations; a vanishing ridge gives columns that never vary a coefficient of zero. */
export function fit(yardstick: Yardstick): void {
  const { width, gram, moment, samples, coefficients } = yardstick;
  const n = width + 1;
  if (samples <= n) return;
  const a = gram.slice();
  for (let i = 0; i < n; i++) a[i * n + i]! += 1e-6 * samples;
  coefficients.set(choleskySolve(cholesky(a, n), n, moment));
}

export function leastSquaresForecast(
  { width, coefficients }: Yardstick,
  rows: Float32Array,
  at: number,
): number {
  let sum = coefficients[width]!;
  for (let i = 0; i < width; i++) sum += coefficients[i]! * rows[at + i]!;
  return sum;
}
