/** Correlation of two assets' returns over the window; 0 where either stands still. */
function correlation(a: readonly number[], b: readonly number[]): number {
  const centre = (x: readonly number[]) => {
    const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
    return x.map((value) => value - mean);
  };
  const [x, y] = [centre(a), centre(b)];
  const product = (p: readonly number[], q: readonly number[]) =>
    p.reduce((sum, value, i) => sum + value * q[i]!, 0);
  const scale = Math.sqrt(product(x, x) * product(y, y));
  return scale > 0 ? product(x, y) / scale : 0;
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
    const ties = returns.map((other, j) => (j === i ? 0 : correlation(own, other)));
    const chosen = strongest(ties, neighbours);
    const total = chosen.reduce((sum, j) => sum + Math.abs(ties[j]!), 0);
    for (const j of chosen) into[i * assets + j] = ties[j]! / total;
  });
}
