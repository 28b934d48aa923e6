/** What the Redis engine spends, in seconds. */
export interface QueueCosts {
  /** Each run, on a worker that has a core of its own. */
  readonly runs: readonly number[];
  /** On the worker, after a run: its files packed and sent. */
  readonly sending: number;
  /** On the worker, between two runs: the next one handed out. */
  readonly handing: number;
  /** At the sweep, one run after another: fetched and unpacked. */
  readonly fetching: number;
  /** Between two looks of the sweep at what is done. */
  readonly every: number;
}

/** When the sweep has everything, if so many workers take runs in order from one queue: each takes the next as soon as it
 * is free, and the sweep fetches what is done at every look, one after another, before it looks again. */
export function simulatedSweep(
  { runs, sending, handing, fetching, every }: QueueCosts,
  workers: number,
): number {
  const free = new Float64Array(workers);
  const done = runs
    .map((seconds) => {
      const next = free.indexOf(Math.min(...free));
      return (free[next]! += handing + seconds + sending);
    })
    .sort((a, b) => a - b);
  let [now, fetched] = [0, 0];
  while (fetched < done.length) {
    while (fetched < done.length && done[fetched]! <= now) {
      now += fetching;
      fetched++;
    }
    if (fetched < done.length) now += every;
  }
  return now;
}
