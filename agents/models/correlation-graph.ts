import { correlation } from '../../core/numeric.js';

/** Correlation of two assets' returns over the window; 0 where either stands still. */
function tie(a: readonly number[], b: readonly number[]): number {
  const value = correlation(a, b);
  return Number.isNaN(value) ? 0 : value;
}

/** The strongest ties of one asset: strongest first, equal ones by position. */
function strongest(ties: readonly number[], count: number): number[] {
  const order = ties.map((_, other) => other).filter((other) => ties[other] !== 0);
  return order.sort((a, b) => Math.abs(ties[b]!) - Math.abs(ties[a]!) || a - b).slice(0, count);
}

/** Links every asset to the `neighbours` whose returns moved most with its own, either way.
 * @formula w_ij = ρ_ij / Σ |ρ_ij| over i's neighbours; w_ii = 0
 * @shape   returns (assets, days); result (assets, assets), row i what i listens to
 */
export function correlationGraph(
  returns: readonly (readonly number[])[],
  neighbours: number,
  into: Float32Array,
): void {
  const assets = returns.length;
  into.fill(0);
  returns.forEach((own, i) => {
    const ties = returns.map((other, j) => (j === i ? 0 : tie(own, other)));
    const chosen = strongest(ties, neighbours);
    const total = chosen.reduce((sum, j) => sum + Math.abs(ties[j]!), 0);
    for (const j of chosen) into[i * assets + j] = ties[j]! / total;
  });
}

/** FLOPs of a day's graph: ten on each day of each ordered pair of assets, ten more on each pair, and two on each tie
 * that is kept. */
export const correlationGraphFlops = (assets: number, days: number, neighbours: number): number =>
  assets * ((assets - 1) * (10 * days + 10) + 2 * Math.min(neighbours, assets - 1));
