type Series = ArrayLike<number>;

export interface Line {
  readonly intercept: number;
  readonly slope: number;
}

/** Σ ρ_q(e), ρ_q(e) = e (q − [e < 0]): what quantile regression minimises. */
export function checkLoss(x: Series, y: Series, q: number, { intercept, slope }: Line): number {
  let total = 0;
  for (let i = 0; i < x.length; i++) {
    const error = y[i]! - intercept - slope * x[i]!;
    total += error * (error < 0 ? q - 1 : q);
  }
  return total;
}

/** The best slope among lines through point `pivot`: a weighted quantile of the slopes to all other points. */
function slopeThrough(x: Series, y: Series, q: number, pivot: number): number {
  const rays: { slope: number; weight: number }[] = [];
  let target = 0;
  for (let i = 0; i < x.length; i++) {
    const run = x[i]! - x[pivot]!;
    if (run === 0) continue;
    rays.push({ slope: (y[i]! - y[pivot]!) / run, weight: Math.abs(run) });
    target += Math.abs(run) * (run > 0 ? q : 1 - q);
  }
  rays.sort((a, b) => a.slope - b.slope);
  let passed = 0;
  for (const { slope, weight } of rays) if ((passed += weight) >= target) return slope;
  return rays.at(-1)!.slope;
}

const lineThrough = (x: Series, y: Series, pivot: number, slope: number): Line => ({
  intercept: y[pivot]! - slope * x[pivot]!,
  slope,
});

/** One point for each place where the line meets the data. */
function pointsOn(x: Series, y: Series, line: Line): number[] {
  const scale = Math.max(...Array.from(y, Math.abs), Math.abs(line.intercept));
  const places = new Map<number, number>();
  for (let i = 0; i < x.length; i++)
    if (Math.abs(y[i]! - line.intercept - line.slope * x[i]!) <= 1e-13 * scale) places.set(x[i]!, i);
  return [...places.values()];
}

/** The point that splits y at its quantile: where the flat line starts. */
function startingPoint(y: Series, q: number): number {
  const rising = Array.from(y, (_, i) => i).sort((a, b) => y[a]! - y[b]! || a - b);
  return rising[Math.min(rising.length - 1, Math.floor(q * rising.length))]!;
}

/** Quantile regression with one regressor, exactly: the linear programme's own optimal vertex.
 * @formula min_{a,b} Σ ρ_q(y − a − bx)
 * @shape   x, y (T), x not constant; 0 < q < 1
 * @source  Koenker & Bassett 1978, Econometrica 46(1)
 * @pitfall some optimal line passes through two points; where several lines are equally good (ties in
 *          discrete data) one of them is returned, always the same
 *
 * The objective is convex, so a line through a data point that no turn about any data point on it improves is
 * optimal: turning about a point is a weighted quantile, and each turn lowers the loss, so the search ends.
 */
export function quantileRegression(x: Series, y: Series, q: number): Line {
  const first = startingPoint(y, q);
  let line = lineThrough(x, y, first, slopeThrough(x, y, q, first));
  let loss = checkLoss(x, y, q, line);
  let untried = pointsOn(x, y, line);
  while (untried.length > 0) {
    const pivot = untried.pop()!;
    const turned = lineThrough(x, y, pivot, slopeThrough(x, y, q, pivot));
    const turnedLoss = checkLoss(x, y, q, turned);
    if (turnedLoss >= loss - 1e-14 * Math.abs(loss)) continue;
    [line, loss, untried] = [turned, turnedLoss, pointsOn(x, y, turned)];
  }
  return line;
}
