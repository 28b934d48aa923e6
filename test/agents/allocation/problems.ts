import { stream } from '../../../core/random.js';
import type { ReturnHistory, View } from '../../../agents/allocation/view.js';

/** A repeatable sequence of numbers in [−1, 1); tests need variety, not randomness. */
export function sequence(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 0x80000000 - 1;
  };
}

/** A well-conditioned covariance of k assets: two factors and noise of their own. */
export function covarianceOf(k: number, seed: number, scale = 0.04): Float64Array {
  const next = sequence(seed);
  const loadings = Float64Array.from({ length: 2 * k }, (_, i) => next() + (i % 2 === 0 ? 1 : 0));
  const matrix = new Float64Array(k * k);
  for (let i = 0; i < k; i++)
    for (let j = 0; j < k; j++)
      matrix[i * k + j] =
        scale * (loadings[2 * i]! * loadings[2 * j]! + loadings[2 * i + 1]! * loadings[2 * j + 1]!);
  for (let i = 0; i < k; i++) matrix[i * k + i]! += scale * (0.3 + 0.2 * Math.abs(next()));
  return matrix;
}

/** Returns of k assets over `rows` days: one common factor and noise of their own. */
export function historyOf(k: number, rows: number, seed: number): ReturnHistory {
  const next = sequence(seed + 500);
  const values = new Float64Array(rows * k);
  for (let t = 0; t < rows; t++) {
    const common = next() + next();
    for (let i = 0; i < k; i++) values[t * k + i] = 0.01 * (0.5 + i / k) * common + 0.01 * (next() + next());
  }
  return { rows, values };
}

/** A view of k assets with forecasts that follow from `seed`. */
export function viewOf(k: number, seed = 1, changes: Partial<View> = {}): View {
  const next = sequence(seed + 1000);
  return {
    expectedReturns: Float64Array.from({ length: k }, () => 0.05 + 0.05 * next()),
    uncertainty: new Float64Array(k).fill(0.02),
    covariance: covarianceOf(k, seed),
    riskAversion: 3,
    previousWeights: new Float64Array(k),
    benchmark: new Float64Array(k).fill(1 / k),
    permitted: new Uint8Array(k).fill(1),
    history: historyOf(k, 80, seed),
    stream: stream({ seed, purpose: 'test' }),
    ...changes,
  };
}
