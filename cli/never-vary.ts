/** Differences of returns up to here are rounding of the prices behind them. */
const rounding = 1e-12;

/** Whether returns are one and the same every day, so that no moment but their mean says anything. */
export function neverVary(returns: Float64Array): boolean {
  const [low, high] = returns.reduce(
    ([least, most], r) => [Math.min(least, r), Math.max(most, r)] as [number, number],
    [Infinity, -Infinity] as [number, number],
  );
  return high - low <= rounding;
}
