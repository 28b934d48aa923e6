import { mean } from '../../core/numeric.js';

/** Population variance. */
export function variance(values: ArrayLike<number>): number {
  const x = Array.from(values);
  const m = mean(x);
  return mean(x.map((v) => (v - m) ** 2));
}

/** Pearson correlation of two samples. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [Array.from(a), Array.from(b)];
  const [mx, my] = [mean(x), mean(y)];
  return mean(x.map((v, i) => (v - mx) * (y[i]! - my))) / Math.sqrt(variance(x) * variance(y));
}
