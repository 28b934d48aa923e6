import type { Merge } from './linkage.js';

/** The leaves below cluster `top` from left to right. */
export function leavesOf(merges: readonly Merge[], top: number): number[] {
  const k = merges.length + 1;
  const leaves: number[] = [];
  const open = [top];
  while (open.length > 0) {
    const cluster = open.pop()!;
    if (cluster < k) leaves.push(cluster);
    else open.push(merges[cluster - k]!.right, merges[cluster - k]!.left);
  }
  return leaves;
}

/** All leaves in the order in which the tree draws them. */
export function leafOrder(merges: readonly Merge[]): number[] {
  return leavesOf(merges, 2 * merges.length);
}

/** The clusters left when the tree is cut into `count`: their numbers in the tree, ascending. */
export function cutTree(merges: readonly Merge[], count: number): number[] {
  const k = merges.length + 1;
  const clusters = new Set([2 * merges.length]);
  for (let m = merges.length - 1; clusters.size < Math.min(count, k); m--) {
    clusters.delete(k + m);
    clusters.add(merges[m]!.left).add(merges[m]!.right);
  }
  return [...clusters].sort((a, b) => a - b);
}
