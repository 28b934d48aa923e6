import { NotConverged } from '../../../core/not-converged.js';

/** k-means with a start that needs no randomness: the most central point, then each time the farthest from all.
 * @formula min Σ_i |x_i − c(i)|²  (a local minimum)
 * @shape   points (n,d) row-major; result: the cluster (from 0) of each point
 * @source  Lloyd 1982, IEEE Transactions on Information Theory 28(2); Gonzalez 1985 for the start
 */
export function kMeans(points: Float64Array, n: number, clusters: number): Int32Array {
  const d = points.length / n;
  let centres = farthestFirst(points, n, clusters);
  let labels = assign(points, n, centres);
  for (let iteration = 0; iteration < 1000; iteration++) {
    centres = centroids(points, labels, centres, d);
    const next = assign(points, n, centres);
    if (next.every((label, i) => label === labels[i])) return next;
    labels = next;
  }
  throw new NotConverged('k-means', 1000, Infinity);
}

function squaredDistance(points: Float64Array, i: number, centre: Float64Array): number {
  let total = 0;
  for (let j = 0, at = i * centre.length; j < centre.length; j++, at++)
    total += (points[at]! - centre[j]!) ** 2;
  return total;
}

function farthestFirst(points: Float64Array, n: number, clusters: number): Float64Array[] {
  const d = points.length / n;
  const row = (i: number) => points.slice(i * d, (i + 1) * d);
  const middle = centroids(points, new Int32Array(n), [new Float64Array(d)], d)[0]!;
  const toMiddle = Float64Array.from({ length: n }, (_, i) => -squaredDistance(points, i, middle));
  const centres = [row(indexOfGreatest(toMiddle))];
  while (centres.length < clusters)
    centres.push(
      row(
        indexOfGreatest(
          Float64Array.from({ length: n }, (_, i) =>
            Math.min(...centres.map((centre) => squaredDistance(points, i, centre))),
          ),
        ),
      ),
    );
  return centres;
}

function indexOfGreatest(values: Float64Array): number {
  let found = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[found]!) found = i;
  return found;
}

function assign(points: Float64Array, n: number, centres: readonly Float64Array[]): Int32Array {
  return Int32Array.from({ length: n }, (_, i) =>
    indexOfGreatest(Float64Array.from(centres, (centre) => -squaredDistance(points, i, centre))),
  );
}

/** The mean of each cluster; one that lost all its members stays where it was. */
function centroids(
  points: Float64Array,
  labels: Int32Array,
  before: readonly Float64Array[],
  d: number,
): Float64Array[] {
  const sums = before.map(() => new Float64Array(d));
  const counts = before.map(() => 0);
  labels.forEach((label, i) => {
    counts[label]!++;
    for (let j = 0; j < d; j++) sums[label]![j]! += points[i * d + j]!;
  });
  return sums.map((sum, c) => (counts[c] === 0 ? before[c]! : sum.map((value) => value / counts[c]!)));
}
