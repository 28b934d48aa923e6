import { dot, exp, expm1, log, log1p, logSumExp } from './numeric.js';

type Vector = ArrayLike<number>;

/** Shares of a whole; what adds to 0 has no shares and is refused by the caller. */
export function sharesOf(amounts: Vector): Float64Array {
  const shares = Float64Array.from(amounts);
  let total = 0;
  for (const amount of shares) total += amount;
  return shares.map((amount) => amount / total);
}

/** Shares held by each group: architectures by assets under management, sources by subscribers.
 * @shape groups (n) of 0..count-1; amounts (n); result (count), sums to 1
 */
export function groupShares(groups: Vector, amounts: Vector, count: number): Float64Array {
  const totals = new Float64Array(count);
  for (let i = 0; i < groups.length; i++) totals[groups[i]!]! += amounts[i]!;
  return sharesOf(totals);
}

/** How ordinary each kind is: the mean similarity of the whole to it, (Zp)_i. */
function ordinariness(shares: Vector, similarity: Vector): Float64Array {
  const n = shares.length;
  const result = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) result[i]! += similarity[i * n + j]! * shares[j]!;
  return result;
}

/** ln Σ pᵢ xᵢ^{q−1}; close to q = 1 through its difference from ln 1, which loses no digits. */
function logMoment(shares: Vector, logarithms: Vector, order: number): number {
  if (Math.abs(order - 1) > 0.01)
    return logSumExp(Float64Array.from(shares, (p, i) => log(p) + (order - 1) * logarithms[i]!));
  let excess = 0;
  for (let i = 0; i < shares.length; i++) excess += shares[i]! * expm1((order - 1) * logarithms[i]!);
  return log1p(excess);
}

/** The power mean of 1/ordinary, weighted by share. */
function diversity(shares: Vector, ordinary: Vector, order: number): number {
  const present = Array.from(shares, (p, i) => (p > 0 ? i : -1)).filter((i) => i >= 0);
  const p = present.map((i) => shares[i]!);
  const logarithms = present.map((i) => log(ordinary[i]!));
  if (order === Infinity) return exp(-Math.max(...logarithms));
  if (order === 1) return exp(-logarithms.reduce((sum, value, i) => sum + p[i]! * value, 0));
  return exp(logMoment(p, logarithms, order) / (1 - order));
}

/** Hill number: how many equally large kinds would be as diverse as these shares.
 * @formula (Σ pᵢ^q)^{1/(1−q)}; q = 1: exp(−Σ pᵢ ln pᵢ); q = ∞: 1/max pᵢ
 * @shape   shares (n), sum to 1; order q ≥ 0, Infinity allowed
 * @range   1 ≤ D ≤ number of kinds with a share
 * @source  Hill 1973, Ecology 54(2); Jost 2006, Oikos 113(2)
 * @pitfall q = 0 counts kinds however small; q = 2 is the inverse Herfindahl index
 */
export const hillNumber = (shares: Vector, order: number): number => diversity(shares, shares, order);

/** Leinster-Cobbold diversity: the effective number of kinds when some resemble each other.
 * @formula (Σ pᵢ (Zp)ᵢ^{q−1})^{1/(1−q)}
 * @shape   shares (n), sum to 1; similarity Z (n,n) flat, Zᵢᵢ = 1, 0 ≤ Z ≤ 1
 * @range   1 ≤ D ≤ the Hill number of the same order
 * @source  Leinster & Cobbold 2012, Ecology 93(3)
 * @pitfall with Z = identity it is the Hill number; with Z all ones it is 1
 */
export const similarityDiversity = (shares: Vector, similarity: Vector, order: number): number =>
  diversity(shares, ordinariness(shares, similarity), order);

/** Cosine of the angle between two portfolios; NaN where one of them is empty.
 * @formula a·b / (‖a‖ ‖b‖)
 * @range   −1 ≤ cos ≤ 1
 */
export function cosineSimilarity(a: Float64Array, b: Float64Array): number {
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

/** Mean cosine over all pairs of rows that are not zero, without forming the pairs; NaN below two rows.
 * @formula (‖Σ uᵢ‖² − n) / (n (n − 1)), uᵢ = rowᵢ / ‖rowᵢ‖
 * @shape   rows: flat (n, width)
 * @range   −1/(n−1) ≤ mean ≤ 1
 */
export function meanCosine(rows: Float64Array, width: number): number {
  const total = new Float64Array(width);
  let count = 0;
  for (let start = 0; start < rows.length; start += width) {
    const row = rows.subarray(start, start + width);
    const norm = Math.sqrt(dot(row, row));
    if (norm === 0) continue;
    count++;
    for (let k = 0; k < width; k++) total[k]! += row[k]! / norm;
  }
  return (dot(total, total) - count) / (count * (count - 1));
}
