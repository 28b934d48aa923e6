/** A goal and its slope in every day's return. */
export interface Scored {
  readonly value: number;
  readonly slopes: Float64Array;
}

/** Keeps a path that never varies from dividing by zero; returns are in standard deviations. */
const TINY = 1e-6;

const meanOf = (values: Float64Array): number => values.reduce((sum, v) => sum + v, 0) / values.length;

/** Mean over deviation.
 * @formula m / √(v + ε);  ∂/∂R_d = (1/σ - m (R_d - m)/σ³) / n
 * @source  Moody & Saffell 2001, Learning to Trade via Direct Reinforcement
 */
function sharpe(returns: Float64Array): Scored {
  const m = meanOf(returns);
  const sigma = Math.sqrt(meanOf(returns.map((r) => (r - m) ** 2)) + TINY);
  const slopes = returns.map((r) => (1 / sigma - (m * (r - m)) / sigma ** 3) / returns.length);
  return { value: m / sigma, slopes };
}

/** Mean over downside deviation.
 * @formula m / √(E min(R, 0)² + ε)
 * @source  Sortino & Price 1994, Journal of Investing 3(3)
 */
function sortino(returns: Float64Array): Scored {
  const m = meanOf(returns);
  const down = returns.map((r) => Math.min(r, 0));
  const sigma = Math.sqrt(meanOf(down.map((r) => r * r)) + TINY);
  const slopes = down.map((r) => (1 / sigma - (m * r) / sigma ** 3) / returns.length);
  return { value: m / sigma, slopes };
}

/** What a policy may be trained to raise. */
export const objectives = { sharpe, sortino } satisfies Record<string, (returns: Float64Array) => Scored>;

export type Objective = keyof typeof objectives;

/** Mean distance of the path of summed returns to its highest point so far, which begins at 0.
 * @formula D = mean_d (max_(e ≤ d) C_e - C_d);  ∂D/∂R_i = -#{d ≥ i : peak of d before i} / n
 */
export function drawdown(returns: Float64Array): Scored {
  const n = returns.length;
  const slopes = new Float64Array(n);
  let [path, peak, at, value] = [0, 0, -1, 0];
  for (let d = 0; d < n; d++) {
    path += returns[d]!;
    if (path > peak) [peak, at] = [path, d];
    value += (peak - path) / n;
    for (let i = at + 1; i <= d; i++) slopes[i]! -= 1 / n;
  }
  return { value, slopes };
}

/** The goal less a penalty on drawdowns. */
export function scored(returns: Float64Array, objective: Objective, drawdownWeight: number): Scored {
  const goal = objectives[objective](returns);
  if (drawdownWeight === 0) return goal;
  const fall = drawdown(returns);
  return {
    value: goal.value - drawdownWeight * fall.value,
    slopes: goal.slopes.map((s, d) => s - drawdownWeight * fall.slopes[d]!),
  };
}
