import type { LotBook } from './lots.js';

/** An asset of the universe; volatility and drift are of the fundamental, in the calm regime. */
export interface Asset {
  readonly id: string;
  readonly class: string;
  readonly region: string;
  readonly sector: string;
  readonly currency: string;
  readonly price0: number;
  /** Units in issue, all of which institutions and the outside book hold between them. */
  readonly floatUnits: number;
  /** Average daily volume in units. */
  readonly advUnits: number;
  /** Standard deviation of the daily log return. */
  readonly dailyVolatility: number;
  /** Mean daily log return. */
  readonly dailyDrift: number;
  /** Half of the bid-ask spread, as a share of price. */
  readonly halfSpread: number;
  /** Correlation with each factor, in the order of the scenario's factors. */
  readonly loadings: Float64Array;
}

/** An institution as the scenario made it; what changes from day to day is in `Books`. */
export interface Institution {
  readonly id: string;
  readonly type: string;
  /** Where it has its compute. */
  readonly region: string;
  /** Name of its architecture in the extension map. */
  readonly architecture: string;
  /** Strategic weights of the tradable book; they sum to 1. */
  readonly benchmark: Float64Array;
  /** Share of the tradable book (holdings plus net cash) that strategies invest; above 1 it borrows. */
  readonly investedShare: number;
  /** Assets over equity on day 0, drawn by lot around its type's; what it pays out keeps it there. */
  readonly leverage: number;
  /** Half-life in days of its own covariance, drawn by lot. */
  readonly covarianceHalfLife: number;
  /** Value of its tradable holdings on day 0, USD. */
  readonly tradableUsd: number;
  /** Speed class of its orders where they arrive one by one; 0 is the fastest. */
  readonly latencyTier: number;
}

/** Log prices in three parts: log p = v + m + u. */
export interface Prices {
  /** Fundamental value. */
  readonly fundamental: Float64Array;
  /** Slow (reverting) impact. */
  readonly slow: Float64Array;
  /** Fast (transient) impact. */
  readonly fast: Float64Array;
}

export type Regime = 'calm' | 'stress';

/** What moves value on one day. It is drawn a horizon ahead, so that sources can hint at its diffusive part. */
export interface NewsDay {
  readonly regime: Regime;
  /** Diffusive log returns, the only part that a source reveals. */
  readonly diffusion: Float64Array;
  /** Expected log returns in the day's regime. */
  readonly drift: Float64Array;
  /** Sizes of the day's jumps, in daily standard deviations of the first factor. */
  readonly jumps: readonly number[];
  /** Standard deviation, given the days before, of diffusion summed over the horizon that starts here. */
  readonly horizonStdDev: Float64Array;
}

/** State of what moves value. */
export interface News {
  /** Regime of the day before the coming one. */
  readonly regimeBefore: Regime;
  /** Regime of the first day not yet drawn. */
  readonly regime: Regime;
  /** Conditional variance of each factor on that day, 1 in the long run. */
  readonly factorVariance: Float64Array;
  /** Day of the sample drawn last; -1: none yet. */
  readonly row: number;
  /** Log return that scheduled shocks have still to give back, per shock and asset. */
  readonly fading: Float64Array;
  /** The next days' news, as many as the horizon has; the first is the coming day's. */
  readonly coming: readonly NewsDay[];
  /** Standardised news that was coming on earlier days, newest first, for sources that arrive late. */
  readonly past: readonly Float64Array[];
}

/** Noise of the data sources on the coming day, autoregressive, of unit variance. */
export interface SourceNoise {
  /** What all subscribers share: sources x assets. */
  readonly common: Float64Array;
  /** What each has alone: institutions x sources x assets. */
  readonly own: Float64Array;
  /** What correlated sources have in common, for all subscribers (assets) and for each alone (institutions x assets);
   * empty where no source is correlated. */
  readonly acrossCommon: Float64Array;
  readonly acrossOwn: Float64Array;
}

/** State of how deep each asset's market is. */
export interface Liquidity {
  /** Exponentially weighted daily volatility of prices. */
  readonly volatility: Float64Array;
  /** Yesterday's net over gross institutional flow, in [-1, 1]. */
  readonly imbalance: Float64Array;
}

export type Status = 'active' | 'defaulted';

/** Balance sheets as flat columns. Book `n` (after the institutions) is the outside book. */
export interface Books {
  /** USD; negative is debt to the prime broker. Length n + 1. */
  readonly cash: Float64Array;
  /** Units, institution-major: book i holds asset k at i * K + k. Length (n + 1) * K. */
  readonly units: Float64Array;
  /** Illiquid loans, USD. Length n. */
  readonly loans: Float64Array;
  /** What it owes outside (deposits, premiums), USD. Length n. */
  readonly funding: Float64Array;
  /** By how much it has written down claims on borrowers in distress, USD. Length n. */
  readonly writtenDown: Float64Array;
  /** 1 while it is in business. Length n. */
  readonly active: Uint8Array;
  /** How many institutions have held this seat; 0 for the first. Length n. */
  readonly generation: Int32Array;
  /** Day on which whoever holds the seat entered; 0: the first holder. Length n. */
  readonly entryDay: Int32Array;
  /** Day on which a defaulted seat is filled again; 0: none. Length n. */
  readonly reentryDay: Int32Array;
}

/** Interbank claims, those of the first day in creditor-major order: creditor lent face to debtor. The outside
 * book is the creditor of claims taken over from estates. */
export interface Claims {
  readonly creditor: Int32Array;
  readonly debtor: Int32Array;
  /** USD. */
  readonly face: Float64Array;
  /** Face that the creditor lends again when the claim comes due at zero, USD; 0 for claims of an estate. */
  readonly line: Float64Array;
  /** Days until the claim comes due, counted from day 0 modulo the term. */
  readonly phase: Int32Array;
}

/** Cash that the authority lent an institution. */
export interface EmergencyLoan {
  readonly institution: number;
  readonly amountUsd: number;
  /** Day on whose morning it is repaid. */
  readonly due: number;
  /** Place in the scenario's `interventions` of the one that lent it. */
  readonly lender: number;
}

/** What the authority's acts leave behind from day to day. */
export interface Authority {
  /** Last day on which each asset may not trade; 0: it may. Length K. */
  readonly closedUntil: Int32Array;
  /** Part of fast impact with which a price limit holds each price back from where it would stand. Length K. */
  readonly withheld: Float64Array;
  readonly loans: readonly EmergencyLoan[];
  /** Slow average of institutions' total assets, USD. */
  readonly creditTrendUsd: number;
}

/** What taxes on realised gains depend on; empty where there are none. */
export interface TaxState {
  /** Lots of every institution and asset, institution-major. */
  readonly lots: readonly LotBook[];
  /** Losses realised and not yet set against gains, USD, at least 0. Length n. */
  readonly losses: Float64Array;
}

/** Everything that a day changes. Values are never written in place once a World is handed on. */
export interface World {
  readonly day: number;
  readonly prices: Prices;
  readonly news: News;
  readonly noise: SourceNoise;
  readonly liquidity: Liquidity;
  readonly books: Books;
  readonly claims: Claims;
  /** Units the outside book still has to sell from estates it took over, with the daily amount: K each. */
  readonly liquidation: { readonly left: Float64Array; readonly perDay: Float64Array };
  readonly tax: TaxState;
  /** Traded units of the last day, per asset. */
  readonly volume: Float64Array;
  /** Closing log prices of the last days, newest last: at most 21 rows of K, and as many more as the latest source that
   * large returns excite is late. */
  readonly recent: readonly Float64Array[];
  readonly authority: Authority;
}

/** Daily log returns of a history: days x assets, with the moments of every asset. */
export interface Sample {
  readonly days: number;
  readonly returns: Float64Array;
  readonly mean: Float64Array;
  readonly stdDev: Float64Array;
}

/** What never changes during a run. */
export interface Stage {
  readonly seed: number;
  readonly assets: readonly Asset[];
  readonly institutions: readonly Institution[];
  /** Returns that value replays or is resampled from; null where a law alone moves it. */
  readonly sample: Sample | null;
}

/** Orders of a day, institution-major: signed units of every asset; institutions are roster indices. */
export interface Orders {
  readonly institution: Int32Array;
  /** Signed units, institution.length * K. */
  readonly units: Float64Array;
}
