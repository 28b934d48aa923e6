import type { Extension } from '../../core/scenario/catalogue.js';
import type { Stream } from '../../core/random.js';

/** What a mandate may look at before a round. */
export interface RosterView {
  readonly day: number;
  readonly ids: readonly string[];
  readonly architectures: readonly string[];
  /** Index into `architectures`, by seat. */
  readonly architecture: Int32Array;
  /** Tradable assets under management by seat, USD; 0 where out of business. */
  readonly aum: Float64Array;
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

/** A rule that binds institutions. */
export interface Mandate extends Extension {
  readonly source: string;
  /** Who must move before a round. */
  readonly assign: (options: never, view: RosterView) => Assignment;
}
