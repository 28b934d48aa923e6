import { pow } from '../core/numeric.js';

const slowDecay = pow(0.5, 1 / 40);
const fastDecay = pow(0.5, 1 / 10);

/** What one mind remembers of prices: the log price path over the last days, and running variances.
 * Plain data, so that a checkpoint can hold it. */
export interface Memory {
  readonly assets: number;
  readonly rows: number;
  /** Days of returns seen. */
  steps: number;
  /** Ring of cumulative log returns (rows x assets): row (steps mod rows) is the newest. */
  readonly path: Float64Array;
  /** Exponentially weighted squared returns, half-lives 40 and 10 days. */
  readonly slow: Float64Array;
  readonly fast: Float64Array;
}

export function createMemory(rows: number, volatility: readonly number[]): Memory {
  const assets = volatility.length;
  const slow = Float64Array.from(volatility, (v) => v * v);
  return { assets, rows, steps: 0, path: new Float64Array(rows * assets), slow, fast: slow.slice() };
}

/** Takes in one day's log returns. */
export function remember(memory: Memory, returns: ArrayLike<number>): void {
  const { assets, rows, path, slow, fast } = memory;
  const from = (memory.steps % rows) * assets;
  memory.steps++;
  const to = (memory.steps % rows) * assets;
  for (let k = 0; k < assets; k++) {
    const r = returns[k]!;
    path[to + k] = path[from + k]! + r;
    slow[k] = slowDecay * slow[k]! + (1 - slowDecay) * r * r;
    fast[k] = fastDecay * fast[k]! + (1 - fastDecay) * r * r;
  }
}

/** Log return of an asset over the last `lag` days. */
export function change({ assets, rows, steps, path }: Memory, asset: number, lag: number): number {
  return path[(steps % rows) * assets + asset]! - path[((steps - lag) % rows) * assets + asset]!;
}

/** Daily log returns of the last days, oldest first: as many as are remembered, at most `most`. */
export function recentReturns(
  memory: Memory,
  most: number,
): { readonly rows: number; readonly values: Float64Array } {
  const { assets, rows: kept, steps, path } = memory;
  const rows = Math.min(most, steps, kept - 1);
  const values = new Float64Array(rows * assets);
  for (let t = 0; t < rows; t++) {
    const to = ((steps - rows + 1 + t) % kept) * assets;
    const from = ((steps - rows + t) % kept) * assets;
    for (let k = 0; k < assets; k++) values[t * assets + k] = path[to + k]! - path[from + k]!;
  }
  return { rows, values };
}

/** Daily volatility, half-life 40 days. */
export const slowVolatility = ({ slow }: Memory, asset: number): number =>
  Math.sqrt(Math.max(slow[asset]!, 1e-12));

/** Daily volatility, half-life 10 days. */
export const fastVolatility = ({ fast }: Memory, asset: number): number =>
  Math.sqrt(Math.max(fast[asset]!, 1e-12));
