import { stream, type Stream, type StreamAddress } from '../../core/random.js';
import { mean, quantileOfSorted } from '../../core/numeric.js';

export interface Breakpoint {
  /** Level after which the slope is another. */
  readonly at: number;
  /** 95% interval of the place, over resampled replications; null below three. */
  readonly between: readonly [number, number] | null;
  readonly slopeBefore: number;
  readonly slopeAfter: number;
  /** Largest F statistic of a bend, over the inner levels. */
  readonly statistic: number;
  /** Share of resamples without a bend whose statistic is as large. */
  readonly pValue: number;
  readonly n: number;
}

type Rows = readonly Float64Array[];

const centred = (row: ArrayLike<number>): Float64Array => {
  const centre = mean(row);
  return Float64Array.from(row, (v) => v - centre);
};

const inner = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, j) => sum + v * b[j]!, 0);

interface Fit {
  readonly slope: number;
  readonly bend: number;
  readonly statistic: number;
}

/** Least squares of all replications on x and the part of the hinge that x does not explain. */
function fit(x: Float64Array, hinge: Float64Array, rows: Rows): Fit {
  const xx = inner(x, x);
  const shared = inner(hinge, x) / xx;
  const own = hinge.map((h, j) => h - shared * x[j]!);
  const average = x.map((_, j) => mean(rows.map((row) => row[j]!)));
  const bend = inner(own, average) / inner(own, own);
  const line = inner(x, average) / xx;
  const explained = rows.length * bend * bend * inner(own, own);
  const left = rows.reduce(
    (sum, row) => sum + row.reduce((s, v, j) => s + (v - line * x[j]! - bend * own[j]!) ** 2, 0),
    0,
  );
  const freedom = rows.length * (x.length - 1) - 2;
  return { slope: line - bend * shared, bend, statistic: explained / (left / freedom) };
}

/** The bend that fits best, among those at inner levels. */
function best(levels: Float64Array, rows: Rows): Fit & { readonly at: number } {
  const x = centred(levels);
  const fits = Array.from(levels.subarray(1, -1), (at) => ({
    at,
    ...fit(x, centred(levels.map((v) => Math.max(0, v - at))), rows),
  }));
  return fits.reduce((a, b) => (b.statistic > a.statistic ? b : a));
}

/** Where the bend of resampled replications is: the middle 95%. */
function placesOf(levels: Float64Array, rows: Rows, draw: Stream, resamples: number): [number, number] {
  const places = Float64Array.from(
    { length: resamples },
    () =>
      best(
        levels,
        rows.map(() => rows[draw.integer(rows.length)]!),
      ).at,
  ).sort();
  return [quantileOfSorted(places, 0.025), quantileOfSorted(places, 0.975)];
}

const unknown = {
  at: NaN,
  between: null,
  slopeBefore: NaN,
  slopeAfter: NaN,
  statistic: NaN,
  pValue: NaN,
} satisfies Omit<Breakpoint, 'n'>;

/** Whether, and where, a dose-response bends: the knee after which more dose does more, or less.
 * @formula y_rj = a_r + b x_j + c max(0, x_j − k); sup over inner levels k of the F statistic of c; p by turning
 *          the signs of whole replications' residuals from the straight line (wild bootstrap under no bend)
 * @shape   levels (k) ascending; replications (n) of levels (k)
 * @range   p in (0, 1]; NaN below four levels or two replications, and where nothing varies
 * @source  Andrews 1993, Econometrica 61(4) (sup tests); Cameron, Gelbach & Miller 2008, REStat 90(3) (wild, by cluster)
 * @pitfall a smooth curve bends everywhere: a small p says not straight, and the place is the best of the levels tried
 */
export function breakpoint(
  levels: ArrayLike<number>,
  replications: readonly ArrayLike<number>[],
  address: StreamAddress,
  resamples = 499,
): Breakpoint {
  const n = replications.length;
  if (levels.length < 4 || n < 2) return { ...unknown, n };
  const at = Float64Array.from(levels);
  const x = centred(at);
  const rows = replications.map(centred);
  const found = best(at, rows);
  // What does not vary beyond rounding does not bend.
  const sizes = replications.flatMap((row) => Array.from(row, Math.abs));
  const varied = Math.max(...rows.flatMap((row) => Array.from(row, Math.abs)));
  if (!(varied > 1e-12 * Math.max(...sizes))) return { ...unknown, slopeBefore: 0, slopeAfter: 0, n };
  const line = mean(rows.map((row) => inner(x, row))) / inner(x, x);
  const residuals = rows.map((row) => row.map((v, j) => v - line * x[j]!));
  const draw = stream(address);
  let asLarge = 0;
  for (let b = 0; b < resamples; b++) {
    const turned = residuals.map((row) => {
      const sign = draw.integer(2) === 0 ? -1 : 1;
      return row.map((v, j) => line * x[j]! + sign * v);
    });
    if (best(at, turned).statistic >= found.statistic) asLarge++;
  }
  return {
    at: found.at,
    between: n < 3 ? null : placesOf(at, rows, draw, resamples),
    slopeBefore: found.slope,
    slopeAfter: found.slope + found.bend,
    statistic: found.statistic,
    pValue: (1 + asLarge) / (1 + resamples),
    n,
  };
}
