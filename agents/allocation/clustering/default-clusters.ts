/** As many clusters as each has members, when nothing else is known. */
export function defaultClusters(k: number): number {
  return Math.max(1, Math.round(Math.sqrt(k)));
}
