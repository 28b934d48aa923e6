import type { Extension } from '../../core/scenario/catalogue.js';
import type { Asset, Liquidity, Prices } from '../../core/types.js';

/** A day's market while it clears: where prices stand after the flow so far. */
export interface Session {
  readonly assets: readonly Asset[];
  /** Prices before any order of the day. */
  readonly start: Prices;
  /** Prices now. */
  readonly prices: Prices;
  /** Net signed flow of the day so far, units. */
  readonly cumulative: Float64Array;
  /** Depth factor in force. */
  readonly depth: Float64Array;
}

/** What one wave of orders gets. */
export interface Cleared {
  /** One price per asset for all fills of the wave, USD per unit. */
  readonly fillPrice: Float64Array;
  readonly session: Session;
}

type Chosen = Readonly<Record<string, unknown>>;

/** How orders meet: an entry of the map `mechanisms`. */
export interface Mechanism extends Extension {
  /** Opens a day: `prices` have yesterday's impact and today's fundamentals. */
  readonly open: (chosen: Chosen, assets: readonly Asset[], prices: Prices, liquidity: Liquidity) => Session;
  /** Clears a wave of net signed flow, units per asset. */
  readonly clear: (chosen: Chosen, session: Session, flow: Float64Array) => Cleared;
}
