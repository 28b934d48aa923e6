/** Which seats (roster indices, ascending) each host owns, and which it only watches for pooled learners. */
export interface HostPlan {
  readonly own: readonly number[];
  readonly shadows: readonly number[];
}

/** Contiguous, nearly equal parts of the roster; with pooled learning, the first host watches all others too. */
export function planHosts(institutions: number, hosts: number, pooled: boolean): HostPlan[] {
  const used = Math.max(1, Math.min(hosts, institutions));
  return Array.from({ length: used }, (_, h) => {
    const from = Math.floor((h * institutions) / used);
    const to = Math.floor(((h + 1) * institutions) / used);
    const own = Array.from({ length: to - from }, (_, i) => from + i);
    const shadows = pooled && h === 0 ? Array.from({ length: institutions - to }, (_, i) => to + i) : [];
    return { own, shadows };
  });
}

/** What a host is called in messages to people. */
export const hostName = (ids: readonly string[], { own }: HostPlan): string =>
  own.length === 1
    ? `the host of ${ids[own[0]!]!}`
    : `the host of ${ids[own[0]!]!} and ${own.length - 1} more`;

/** All seats of a host in roster order, as its messages list them. */
export const seatsOf = ({ own, shadows }: HostPlan): number[] => [...own, ...shadows].sort((a, b) => a - b);
