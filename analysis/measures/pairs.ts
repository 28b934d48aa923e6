/** A symmetric table of a function of two rows. */
export function pairTable<Row, T>(rows: readonly Row[], of: (a: Row, b: Row) => T): T[][] {
  const table: T[][] = rows.map(() => []);
  rows.forEach((a, i) => {
    for (let j = i; j < rows.length; j++) table[i]![j] = table[j]![i] = of(a, rows[j]!);
  });
  return table;
}

/** A function of each pair of rows, in the order (0,1), (0,2), ..., (1,2), ... */
export const pairList = <Row, T>(rows: readonly Row[], of: (a: Row, b: Row) => T): T[] =>
  rows.flatMap((a, i) => rows.slice(i + 1).map((b) => of(a, b)));

/** Mean over the pairs above the diagonal; null without one. */
export function pairMean(table: readonly (readonly number[])[]): number | null {
  const above = table.flatMap((row, i) => row.slice(i + 1));
  return above.length === 0 ? null : above.reduce((sum, value) => sum + value, 0) / above.length;
}
