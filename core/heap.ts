/** Draws the numbers 0 to n − 1 one after another, least first; undefined once all are drawn. Setting it up takes a time
 * in proportion to n, every draw one in proportion to log n.
 *
 * @param before negative where its first argument comes before its second
 */
export function heap(n: number, before: (a: number, b: number) => number): () => number | undefined {
  const tree = new Int32Array(n);
  for (let i = 0; i < n; i++) tree[i] = i;
  let size = n;
  const sink = (from: number): void => {
    const moved = tree[from]!;
    let at = from;
    for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && before(tree[child + 1]!, tree[child]!) < 0) child++;
      if (before(moved, tree[child]!) <= 0) break;
      tree[at] = tree[child]!;
      at = child;
    }
    tree[at] = moved;
  };
  for (let at = (size >> 1) - 1; at >= 0; at--) sink(at);
  return () => {
    if (size === 0) return undefined;
    const first = tree[0]!;
    tree[0] = tree[--size]!;
    sink(0);
    return first;
  };
}
