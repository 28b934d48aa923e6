import { fromRows, matrixVector, transpose } from '../../core/linear.js';

export interface Banks {
  readonly totalAssets: readonly number[];
  readonly equity: readonly number[];
  /** Portfolio weights (n,k). */
  readonly weights: readonly (readonly number[])[];
  /** Return of each asset per currency unit bought (k). */
  readonly impact: readonly number[];
  /** Return of each asset (k). */
  readonly shock: readonly number[];
}

export interface Vulnerability {
  readonly directReturns: Float64Array;
  readonly netPurchases: Float64Array;
  readonly secondRoundReturns: Float64Array;
  readonly aggregateVulnerability: number;
  readonly systemicness: Float64Array;
  readonly indirectVulnerability: Float64Array;
  /** What one more round would take of each bank's assets, as a return: the paper stops after one. */
  readonly nextRoundReturns: Float64Array;
}

/** One round of deleveraging: what banks' sales after a shock cost the system, and who causes and who bears it.
 * @formula R₁ = Mf; φ = MᵀABR₁, B = diag(D/E); F₂ = Lφ; AV = −1ᵀAMF₂/ΣE
 * @shape   weights M (n,k); impact L (k), return per currency unit; shock f (k), returns
 * @range   AV ≥ 0 for a fall of prices; Σ systemicness = AV = equity-weighted mean of indirectVulnerability
 * @source  Greenwood, Landier & Thesmar 2015, Journal of Financial Economics 115(3)
 * @pitfall B is debt over equity, not assets over equity; L is per unit of the currency of totalAssets; no cap at
 *          equity or at what a bank holds
 */
export function vulnerableBanks({ totalAssets, equity, weights, impact, shock }: Banks): Vulnerability {
  const n = weights.length;
  const k = impact.length;
  const m = fromRows(weights);
  const mt = transpose(m, n, k);
  const directReturns = matrixVector(m, shock, n, k);
  const purchases = (returns: Float64Array): Float64Array =>
    returns.map((r, i) => r * (totalAssets[i]! - equity[i]!) * (totalAssets[i]! / equity[i]!));
  const pressed = (amounts: Float64Array): Float64Array =>
    matrixVector(mt, amounts, k, n).map((phi, a) => impact[a]! * phi);
  const bought = purchases(directReturns);
  const netPurchases = matrixVector(mt, bought, k, n);
  const secondRoundReturns = pressed(bought);
  const held = matrixVector(mt, totalAssets, k, n);
  const lossPerUnit = matrixVector(
    m,
    held.map((amount, a) => -amount * impact[a]!),
    n,
    k,
  );
  const totalEquity = equity.reduce((a, b) => a + b, 0);
  const systemicness = bought.map((amount, i) => (amount * lossPerUnit[i]!) / totalEquity);
  const secondReturns = matrixVector(m, secondRoundReturns, n, k);
  return {
    directReturns,
    netPurchases,
    secondRoundReturns,
    aggregateVulnerability: systemicness.reduce((a, b) => a + b, 0),
    systemicness,
    indirectVulnerability: secondReturns.map((r, i) => (-r * totalAssets[i]!) / equity[i]!),
    nextRoundReturns: matrixVector(m, pressed(purchases(secondReturns)), n, k),
  };
}
