import type { RosterView } from './mandate.js';

/** Correlation of two rows of a flat table; 0 where one of them does not vary. */
function correlation(values: Float32Array, rows: number, a: number, b: number): number {
  const row = (i: number): Float32Array => values.subarray(i * rows, (i + 1) * rows);
  const mean = (v: Float32Array): number => v.reduce((sum, x) => sum + x, 0) / rows;
  const [x, y] = [row(a), row(b)];
  const [mx, my] = [mean(x), mean(y)];
  let [xx, yy, xy] = [0, 0, 0];
  for (let r = 0; r < rows; r++) {
    xx += (x[r]! - mx) ** 2;
    yy += (y[r]! - my) ** 2;
    xy += (x[r]! - mx) * (y[r]! - my);
  }
  return xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
}

/** How alike architectures forecast: max(0, correlation of their mean forecasts on public probes), 1 with itself.
 * Before anybody has forecast, an architecture is alike to itself alone.
 * @shape architectures x architectures, flat
 */
export function alikeness({ architectures, meanForecasts }: RosterView): Float64Array {
  const n = architectures.length;
  const rows = meanForecasts.length / n;
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [a, b] = [Math.floor(at / n), at % n];
    return a === b ? 1 : Math.max(0, correlation(meanForecasts, rows, a, b));
  });
}
