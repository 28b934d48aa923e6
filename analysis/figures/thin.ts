/** Points of a line. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The points of a line where it is defined. */
export const pointsOf = (x: ArrayLike<number>, y: ArrayLike<number>): Point[] =>
  Array.from(x, (value, i) => ({ x: value, y: y[i]! })).filter((p) => Number.isFinite(p.y));

/** Both extremes of a run of points, in their order. */
function extremes(points: readonly Point[]): Point[] {
  let [low, high] = [0, 0];
  points.forEach(({ y }, i) => {
    if (y < points[low]!.y) low = i;
    if (y > points[high]!.y) high = i;
  });
  return [...new Set([Math.min(low, high), Math.max(low, high)])].map((i) => points[i]!);
}

/** At most about `limit` points that draw the same line: first, last, and the extremes of equal runs between. */
export function thin(points: readonly Point[], limit: number): readonly Point[] {
  if (points.length <= limit) return points;
  const runs = Math.floor(limit / 2);
  const size = points.length / runs;
  const inner = Array.from({ length: runs }, (_, b) =>
    extremes(points.slice(Math.floor(b * size), Math.floor((b + 1) * size))),
  ).flat();
  const ends = [points[0]!, points.at(-1)!] as const;
  return [...new Set([ends[0], ...inner, ends[1]])];
}
