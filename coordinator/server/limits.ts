/** Attempts that one address may fail in a row, and how soon it may try again. */
const burst = 60;
const perSecond = 1;
/** Addresses that are remembered; the oldest is forgotten first. */
const mostAddresses = 10_000;

/** Counts refused attempts by address, so that nobody can guess tokens by the thousand. */
export interface RefusalLimit {
  readonly refused: (address: string) => void;
  /** Whether an address has failed so often that it is not heard for now. */
  readonly isBlocked: (address: string) => boolean;
}

/** A leaky bucket an address. */
export function refusalLimit(seconds: () => number): RefusalLimit {
  const failures = new Map<string, { readonly level: number; readonly at: number }>();
  const level = (address: string): number => {
    const known = failures.get(address);
    return known ? Math.max(0, known.level - perSecond * (seconds() - known.at)) : 0;
  };
  return {
    refused: (address) => {
      const next = { level: level(address) + 1, at: seconds() };
      failures.delete(address);
      failures.set(address, next);
      if (failures.size > mostAddresses) failures.delete(failures.keys().next().value!);
    },
    isBlocked: (address) => level(address) >= burst,
  };
}
