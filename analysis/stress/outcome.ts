import { pricesAfter } from '../../market/contagion/asset-sale.js';
import type { Channel } from '../../market/contagion/channel.js';
import { isWipedOut } from '../../market/contagion/counterparty-loss.js';
import { jointContagion, type JointStress } from '../../market/contagion/joint.js';
import { transposedProduct } from '../../market/contagion/product.js';
import type { StressSystem } from '../../market/contagion/stress-system.js';

type Chosen = Readonly<Record<string, Channel>>;

/** Where a shock ends: one solution of all channels together. */
export interface Outcome {
  readonly iterations: number;
  readonly residual: number;
  readonly stress: JointStress;
  /** 1 where losses reach equity. */
  readonly defaulted: Uint8Array;
  /** Prices (k), of 1 before the shock. */
  readonly prices: Float64Array;
  /** Share of its tradable assets that each sells (n). */
  readonly soldShare: Float64Array;
}

/** Who sells what share in a solution: nobody where no channel acts through assets. */
function soldShares(system: StressSystem, chosen: Chosen, stress: JointStress): Float64Array {
  const shares = new Float64Array(system.equity.length);
  for (const [name, { sale }] of Object.entries(chosen))
    sale?.(system)
      .shares(stress, stress.byChannel[name]!)
      .forEach((share, i) => (shares[i] = share));
  return shares;
}

/** Runs channels to their joint fixed point and says what it means for every institution and price. */
export function outcomeOf(system: StressSystem, chosen: Chosen, solution: 'least' | 'greatest'): Outcome {
  const { value: stress, iterations, residual } = jointContagion(system, chosen, solution);
  const soldShare = soldShares(system, chosen, stress);
  const sold = new Float64Array(system.holdings.columns);
  transposedProduct(system.holdings, soldShare, sold);
  const defaulted = Uint8Array.from(system.equity, (e, i) => (isWipedOut(stress.losses[i]!, e) ? 1 : 0));
  return { iterations, residual, stress, defaulted, prices: pricesAfter(system, sold), soldShare };
}
