import type { Stream } from '../../core/random.js';
import { csrFromTriplets, type Csr } from './csr.js';
import type { Marginals } from './marginals.js';

/** A network being filled: the claims placed so far, and what each has still to lend and to borrow. */
export interface AllocationTable {
  /** Row by row, column → amount. */
  readonly claims: readonly Map<number, number>[];
  readonly toLend: Float64Array;
  readonly toBorrow: Float64Array;
}

export const emptyTable = ({ assets, liabilities }: Marginals): AllocationTable => ({
  claims: Array.from(assets, () => new Map<number, number>()),
  toLend: Float64Array.from(assets),
  toBorrow: Float64Array.from(liabilities),
});

export function place(
  { claims, toLend, toBorrow }: AllocationTable,
  i: number,
  j: number,
  amount: number,
): void {
  claims[i]!.set(j, (claims[i]!.get(j) ?? 0) + amount);
  toLend[i]! -= amount;
  toBorrow[j]! -= amount;
}

/** Draws an index with probability proportional to its weight, or −1 where none has any. */
function draw(weights: Float64Array, stream: Stream): number {
  const total = weights.reduce((a, b) => a + b, 0);
  let left = total * stream.uniform();
  let last = -1;
  for (let i = 0; i < weights.length; i++) {
    if (weights[i]! <= 0) continue;
    last = i;
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return last;
}

/** A borrower for lender i: one that needs exactly what i has left, which saves a link, or one by size. */
function borrowerFor({ toLend, toBorrow }: AllocationTable, i: number, stream: Stream): number {
  const exact = toBorrow.findIndex((need, j) => j !== i && Math.abs(need - toLend[i]!) <= 1e-12 * toLend[i]!);
  if (exact >= 0) return exact;
  return draw(
    toBorrow.map((need, j) => (j === i ? 0 : need)),
    stream,
  );
}

/** What is left at one institution alone goes in between others: p lends to it instead of q, and it to q. */
function reroute(table: AllocationTable, i: number, least: number): void {
  for (let p = 0; p < table.claims.length; p++)
    for (const [q, amount] of p === i ? [] : table.claims[p]!) {
      const moved = q === i ? 0 : Math.min(amount, table.toLend[i]!);
      if (moved <= 0) continue;
      place(table, p, q, -moved);
      if (amount - moved <= least) table.claims[p]!.delete(q);
      place(table, p, i, moved);
      place(table, i, q, moved);
      if (table.toLend[i]! <= least) return;
    }
}

/** Places all that is left: each claim is as large as it can be, so at most 2n − 1 are added. */
export function fill(table: AllocationTable, least: number, stream: Stream): void {
  const { toLend, toBorrow } = table;
  for (;;) {
    for (let i = 0; i < toLend.length; i++) {
      if (toLend[i]! <= least) toLend[i] = 0;
      if (toBorrow[i]! <= least) toBorrow[i] = 0;
    }
    const i = draw(toLend, stream);
    if (i < 0) return;
    const j = borrowerFor(table, i, stream);
    if (j >= 0) place(table, i, j, Math.min(toLend[i]!, toBorrow[j]!));
    else if (toBorrow[i]! > 0) reroute(table, i, least);
    else return;
  }
}

export const linkCount = ({ claims }: AllocationTable): number => claims.reduce((n, row) => n + row.size, 0);

export function csrFromTable({ claims }: AllocationTable): Csr {
  const links = claims.flatMap((row, i) => [...row].map(([j, amount]) => [i, j, amount] as const));
  return csrFromTriplets(claims.length, claims.length, {
    row: links.map(([i]) => i),
    column: links.map(([, j]) => j),
    value: links.map(([, , amount]) => amount),
  });
}
