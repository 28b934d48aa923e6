/** Returns of prices with gaps, as pandas makes them: a gap repeats the last price, rows without any return go. */
export function returnsWithGaps(prices: readonly (readonly number[])[]): number[][] {
  const last = [...prices[0]!];
  return prices
    .slice(1)
    .map((row) =>
      row.map((price, j) => {
        const before = last[j]!;
        if (!Number.isNaN(price)) last[j] = price;
        return last[j]! / before - 1;
      }),
    )
    .filter((row) => !row.every(Number.isNaN));
}

/** Covariance of two columns over the rows where both are there. */
function pairwise(rows: readonly (readonly number[])[], i: number, j: number): [number, number, number] {
  const both = rows.filter((row) => !Number.isNaN(row[i]!) && !Number.isNaN(row[j]!));
  const mean = (column: number) => both.reduce((total, row) => total + row[column]!, 0) / both.length;
  const [mi, mj] = [mean(i), mean(j)];
  const sum = (a: number, ma: number, b: number, mb: number) =>
    both.reduce((total, row) => total + (row[a]! - ma) * (row[b]! - mb), 0) / (both.length - 1);
  return [sum(i, mi, j, mj), sum(i, mi, i, mi), sum(j, mj, j, mj)];
}

/** Covariance and correlation over the rows that each pair has in common. */
export function pairwiseComplete(rows: readonly (readonly number[])[]): {
  covariance: number[][];
  correlation: number[][];
} {
  const k = rows[0]!.length;
  const covariance = rows[0]!.map(() => new Array<number>(k).fill(0));
  const correlation = rows[0]!.map(() => new Array<number>(k).fill(1));
  for (let i = 0; i < k; i++)
    for (let j = 0; j <= i; j++) {
      const [joint, vi, vj] = pairwise(rows, i, j);
      covariance[i]![j] = covariance[j]![i] = joint;
      if (i !== j) correlation[i]![j] = correlation[j]![i] = joint / Math.sqrt(vi * vj);
    }
  return { covariance, correlation };
}
