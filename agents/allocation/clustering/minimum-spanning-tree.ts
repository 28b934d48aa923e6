import type { Join } from './linkage.js';

/** The edges of the minimum spanning tree, which are the joins of single linkage.
 * @source Prim 1957, Bell System Technical Journal 36(6); Gower & Ross 1969, Applied Statistics 18(1)
 */
export function minimumSpanningTree(distances: Float64Array, k: number): Join[] {
  const nearest = new Float64Array(k).fill(Infinity);
  const reached = new Uint8Array(k);
  const edges: Join[] = [];
  let last = 0;
  while (edges.length < k - 1) {
    reached[last] = 1;
    let next = -1;
    for (let i = 0; i < k; i++) {
      if (reached[i] === 1) continue;
      nearest[i] = Math.min(nearest[i]!, distances[last * k + i]!);
      if (next < 0 || nearest[i]! < nearest[next]!) next = i;
    }
    edges.push({ a: last, b: next, height: nearest[next]! });
    last = next;
  }
  return edges;
}
