import type { AssetSale } from './asset-sale.js';
import type { StressSystem } from './stress-system.js';

/** What has happened to each institution so far: what it lost, and how much of its funding was withdrawn (n each). */
export interface Stress {
  readonly losses: Float64Array;
  readonly withdrawn: Float64Array;
}

/** One pass of a channel: from everything so far (`total`, the shock included) and the part of it that this channel
 * caused, what the channel causes now. Monotone: more in never means less out. `caused` starts at zero. */
export type Transmission = (total: Stress, own: Stress, caused: Stress) => void;

/** What a channel acts through: claims on each other, funding from each other, asset prices, shares of each other.
 * Two that revalue the same thing would count one loss twice. */
export type Medium = 'claims' | 'funding' | 'assets' | 'shares';

/** A way in which distress spreads: a monotone map on a system's stress, whose fixed point `joint.ts` finds. */
export interface Channel {
  readonly summary: string;
  readonly source: string;
  readonly through: Medium;
  /** Prepares what does not change between passes. */
  readonly open: (system: StressSystem) => Transmission;
  /** The most that it can cause: where the search for the greatest losses starts. */
  readonly worst: (system: StressSystem) => Stress;
  /** Who sells what, of a channel through assets. */
  readonly sale?: (system: StressSystem) => AssetSale;
}

export const noStress = (n: number): Stress => ({
  losses: new Float64Array(n),
  withdrawn: new Float64Array(n),
});
