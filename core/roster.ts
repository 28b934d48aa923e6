/** Whole numbers proportional to `shares` that sum to `total` (largest remainder; ties to the first). */
export function apportion(total: number, shares: readonly number[]): number[] {
  const all = shares.reduce((a, b) => a + b, 0);
  const exact = shares.map((s) => (total * s) / all);
  const counts = exact.map((x) => Math.floor(x + 1e-9));
  const order = exact
    .map((_, i) => i)
    .sort((a, b) => exact[b]! - counts[b]! - (exact[a]! - counts[a]!) || a - b);
  for (let k = 0, left = total - counts.reduce((a, b) => a + b, 0); k < left; k++) counts[order[k]!]!++;
  return counts;
}

export interface Seat {
  readonly id: string;
  readonly type: string;
}

/** Code-unit order, the order of every roster. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The institutions of a scenario, `bank-01` and so on, sorted by id. */
export function roster(institutions: {
  readonly count: number;
  readonly types: Readonly<Record<string, { readonly share: number }>>;
}): Seat[] {
  const types = Object.keys(institutions.types);
  const counts = apportion(
    institutions.count,
    types.map((t) => institutions.types[t]!.share),
  );
  const digits = Math.max(2, String(Math.max(...counts)).length);
  return types
    .flatMap((type, t) =>
      Array.from({ length: counts[t]! }, (_, i) => ({
        id: `${type}-${String(i + 1).padStart(digits, '0')}`,
        type,
      })),
    )
    .sort((a, b) => byCodeUnit(a.id, b.id));
}
