import type { Extension } from '../../core/scenario/catalogue.js';
import type { Stream } from '../../core/random.js';

/** What a mandate may look at before a round. */
export interface RosterView {
  readonly day: number;
  readonly ids: readonly string[];
  readonly architectures: readonly string[];
  /** Index into `architectures`, by seat. */
  readonly architecture: Int32Array;
  /** Whether a seat may have an architecture. */
  readonly mayHave: (seat: number, architecture: number) => boolean;
  /** Tradable assets under management by seat, USD; 0 where out of business. */
  readonly aum: Float64Array;
  /** Mean forecast of each architecture's institutions on the public probes, at the last round: architectures x
   * probes, flat; all 0 before the first. */
  readonly meanForecasts: Float32Array;
  /** What a move to an architecture would cost an institution, USD. */
  readonly costUsd: (seat: number, to: number) => number;
  /** Where lots are drawn. */
  readonly lot: Stream;
}

/** One institution that must change its architecture, and why. */
export interface Move {
  readonly seat: number;
  readonly to: number;
  readonly reason: string;
}

export interface Assignment {
  readonly moves: readonly Move[];
  /** Why the mandate could not be met in full, where it could not. */
  readonly unmet?: string;
}

/** One data source that an institution must do without for the whole run, and why. */
export interface Withdrawal {
  readonly seat: number;
  readonly source: string;
  readonly reason: string;
}

/** What a mandate may look at before the first day. */
export interface SubscriptionView {
  readonly ids: readonly string[];
  /** Sources by seat. */
  readonly sources: readonly (readonly string[])[];
  readonly lot: (source: string) => Stream;
}

/** Members of one federation in the coming round (0: before the first day), and where lots are drawn: the same for a
 * name whenever it is asked. */
export interface MembersView {
  readonly round: number;
  readonly members: readonly string[];
  readonly lot: (name: string) => Stream;
}

/** What institutions want to trade on a day, and what they hold. */
export interface OrdersView {
  readonly assets: number;
  /** Flat, institutions x assets. */
  readonly orders: Float64Array;
  /** Units that all institutions hold, by asset. */
  readonly held: Float64Array;
  /** Units in issue, by asset. */
  readonly float: Float64Array;
}

/** What institutions forecast on the public probes after a round. */
export interface ForecastsView {
  /** Flat, institutions that answer x probes. */
  readonly forecasts: Float32Array;
  readonly probes: number;
}

/** A rule that binds institutions, in one or more phases of a run. */
export interface Mandate extends Extension {
  readonly source: string;
  /** Who must change its architecture before a round. */
  readonly assign?: (options: never, view: RosterView) => Assignment;
  /** Who must do without a data source. */
  readonly withdraw?: (options: never, view: SubscriptionView) => readonly Withdrawal[];
  /** Into which part each member of a federation goes. */
  readonly split?: (options: never, view: MembersView) => readonly number[];
  /** Whether `split` is to be asked again before a round, though nobody has moved. */
  readonly rotates?: (options: never, round: number) => boolean;
  /** How much of its federation's model each member may take over at most. */
  readonly mixing?: (options: never) => number;
  /** Least weight of each named penalty in local training. */
  readonly penalties?: (options: never) => Readonly<Record<string, number>>;
  /** Why forecasts after a round do not meet it, where they do not. */
  readonly judge?: (options: never, view: ForecastsView) => string | undefined;
  /** Days after which the positions of all together are public. */
  readonly discloses?: (options: never) => number;
  /** Orders cut down to what is permitted; why they were. */
  readonly permit?: (
    options: never,
    view: OrdersView,
  ) => { readonly orders: Float64Array; readonly reason: string };
}
