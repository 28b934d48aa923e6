/** Where the wall-clock time of a run goes; clocks live in cli/. Parts never overlap: what is done while hosts
 * work counts for itself, and only the waiting that is left counts for the hosts. */
export interface Stopwatch {
  /** Counts what an action takes. */
  readonly during: <T>(part: string, action: () => T) => T;
  /** Counts what is spent waiting for a promise, but for parts counted meanwhile. */
  readonly awaiting: <T>(part: string, action: () => Promise<T>) => Promise<T>;
  /** Seconds since it was made. */
  readonly total: () => number;
  /** Seconds by part, the longest first; what no part counted is under `rest`. */
  readonly parts: (rest: string) => Readonly<Record<string, number>>;
}

export function stopwatch(now: () => number = () => performance.now() / 1000): Stopwatch {
  const began = now();
  const spent = new Map<string, number>();
  let counted = 0;
  const count = (part: string, seconds: number): void => {
    spent.set(part, (spent.get(part) ?? 0) + seconds);
    counted += seconds;
  };
  return {
    during: (part, action) => {
      const [start, before] = [now(), counted];
      const result = action();
      count(part, now() - start - (counted - before));
      return result;
    },
    awaiting: async (part, action) => {
      const [start, before] = [now(), counted];
      const result = await action();
      count(part, now() - start - (counted - before));
      return result;
    },
    total: () => now() - began,
    parts: (rest) =>
      Object.fromEntries(
        [...spent, [rest, now() - began - counted] as const]
          .filter(([, seconds]) => seconds > 0)
          .sort((a, b) => b[1] - a[1]),
      ),
  };
}
