import type { Join } from './linkage.js';

/** Distance of cluster c to the union of a and b. */
export type Update = (
  toA: number,
  toB: number,
  between: number,
  sizeA: number,
  sizeB: number,
  sizeC: number,
) => number;

/** Joins reciprocal nearest neighbours, found by following nearest neighbours until two point at each other.
 * @source  Murtagh 1983, Computer Journal 26(4)
 * @pitfall joins come out of order: sort them by height
 */
export function nearestNeighborChain(update: Update) {
  return (distances: Float64Array, k: number): Join[] => {
    const remaining = distances.slice();
    const sizes = new Int32Array(k).fill(1);
    const chain: number[] = [];
    const found: Join[] = [];
    while (found.length < k - 1) {
      if (chain.length === 0) chain.push(sizes.findIndex((size) => size > 0));
      const [x, y] = reciprocalPair(remaining, sizes, chain, k);
      const height = remaining[x * k + y]!;
      found.push({ a: Math.min(x, y), b: Math.max(x, y), height });
      join(remaining, sizes, Math.min(x, y), Math.max(x, y), update);
    }
    return found;
  };
}

/** Lengthens the chain until its last two are each other's nearest, and takes them off it. */
function reciprocalPair(
  distances: Float64Array,
  sizes: Int32Array,
  chain: number[],
  k: number,
): [number, number] {
  for (;;) {
    const x = chain.at(-1)!;
    const before = chain.at(-2);
    let y = before ?? -1;
    for (let i = 0; i < k; i++) {
      if (sizes[i] === 0 || i === x) continue;
      if (y < 0 || distances[x * k + i]! < distances[x * k + y]!) y = i;
    }
    if (y === before) {
      chain.length -= 2;
      return [x, y];
    }
    chain.push(y);
  }
}

/** Cluster b takes in a; a's place is empty from then on. */
function join(distances: Float64Array, sizes: Int32Array, a: number, b: number, update: Update): void {
  const k = sizes.length;
  const between = distances[a * k + b]!;
  for (let c = 0; c < k; c++) {
    if (sizes[c] === 0 || c === a || c === b) continue;
    const toA = distances[a * k + c]!;
    const toB = distances[b * k + c]!;
    const value = update(toA, toB, between, sizes[a]!, sizes[b]!, sizes[c]!);
    distances[b * k + c] = value;
    distances[c * k + b] = value;
  }
  sizes[b]! += sizes[a]!;
  sizes[a] = 0;
}
