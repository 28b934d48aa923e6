/** Running sums behind the out-of-sample correlation of forecasts f, and of a yardstick's forecasts g, with
 * outcomes y; they add up over days, assets and institutions. */
export const skillColumns = ['n', 'f', 'y', 'g', 'ff', 'yy', 'gg', 'fy', 'gy'] as const;
export const skillWidth = skillColumns.length;

export function addSkill(sums: Float64Array, at: number, f: number, y: number, g: number): void {
  sums[at]! += 1;
  sums[at + 1]! += f;
  sums[at + 2]! += y;
  sums[at + 3]! += g;
  sums[at + 4]! += f * f;
  sums[at + 5]! += y * y;
  sums[at + 6]! += g * g;
  sums[at + 7]! += f * y;
  sums[at + 8]! += g * y;
}

const correlation = (n: number, x: number, y: number, xx: number, yy: number, xy: number): number => {
  const varianceX = xx / n - (x / n) ** 2;
  const varianceY = yy / n - (y / n) ** 2;
  return varianceX > 1e-300 && varianceY > 1e-300
    ? (xy / n - (x / n) * (y / n)) / Math.sqrt(varianceX * varianceY)
    : NaN;
};

/** Information coefficient of the forecasts and of the yardstick: Pearson correlation with outcomes, pooled.
 * @range [-1, 1]; NaN where forecasts never varied */
export function informationCoefficients(s: ArrayLike<number>): {
  readonly model: number;
  readonly yardstick: number;
} {
  const [n, f, y, g, ff, yy, gg, fy, gy] = Array.from(s) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (n < 2) return { model: NaN, yardstick: NaN };
  return { model: correlation(n, f, y, ff, yy, fy), yardstick: correlation(n, g, y, gg, yy, gy) };
}
