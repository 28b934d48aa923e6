import type { Solved } from '../../core/not-converged.js';
import { assetSale, pricesAfter } from './asset-sale.js';
import { fireSaleChannel, sellDownToCap } from './channels/fire-sale.js';
import type { FireSale } from './fire-sale.js';
import { jointContagion } from './joint.js';
import { transposedProduct } from './product.js';
import { totalAssets, type StressSystem } from './stress-system.js';

/** Sales and prices that solve each other at once: the least fall in prices, or the greatest.
 *
 * Assets are valued at the end prices; whoever is above the cap sells just enough to meet the cap (there is no
 * wave in which to overshoot to a target), cash first; equity ≤ 0 sells all. `least` climbs from no sale,
 * `greatest` falls from full sale; where they differ the fire sale is self-fulfilling.
 * @formula q_k = Σ_i s_i h_ik, s_i = min(1, (A_i − cap·E_i − cash_i)⁺ / Σ_k h_ik p_k), p_k = (1 + f_k)·impact_k(q_k)
 * @shape   sold (n,k) units; prices (k); losses (n)
 * @range   0 ≤ sold ≤ holdings
 * @source  Cifuentes, Ferrucci & Shin 2005, JEEA 3(2-3)
 * @pitfall `defaultLeverage` marks defaults here but stops no sale: else more distress could mean fewer sales
 */
export function fireSaleEquilibrium(
  system: StressSystem,
  solution: 'least' | 'greatest',
  { defaultLeverage, maxIterations }: { readonly defaultLeverage: number; readonly maxIterations?: number },
): Solved<FireSale> {
  const solved = jointContagion(system, { 'fire-sale': fireSaleChannel }, solution, maxIterations);
  const own = solved.value.byChannel['fire-sale']!;
  const shares = assetSale(system, sellDownToCap(system)).shares(solved.value, own);
  const units = new Float64Array(system.holdings.columns);
  transposedProduct(system.holdings, shares, units);
  const assets = totalAssets(system);
  const defaulted = Uint8Array.from(system.equity, (before, i) => {
    const left = before - solved.value.losses[i]!;
    return left <= 0 || assets[i]! - solved.value.losses[i]! >= defaultLeverage * left ? 1 : 0;
  });
  const value = { prices: pricesAfter(system, units), soldShare: shares, losses: own.losses, defaulted };
  return { value, iterations: solved.iterations, residual: solved.residual };
}
