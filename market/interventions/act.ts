import type { Extension } from '../../core/scenario/catalogue.js';
import type { Stage } from '../../core/types.js';

type Chosen = Readonly<Record<string, unknown>>;

/** What the authority does on one day. */
export interface Acts {
  /** Institutions that may not trade, forced sales included, with the reason. */
  readonly halted: ReadonlyMap<number, string>;
  /** Cash created for institutions. */
  readonly injections: readonly { readonly institution: number; readonly amountUsd: number }[];
  /** What to put on record as begun today. */
  readonly announced: readonly {
    readonly kind: string;
    readonly target: string;
    readonly amount: number;
    readonly reason: string;
  }[];
}

export const noActs: Acts = { halted: new Map(), injections: [], announced: [] };

/** A kind of act: an entry of the map `interventions`. */
export interface Intervention extends Extension {
  /** What it does on a day; nothing on days on which it is not in effect. */
  readonly on: (chosen: Chosen, stage: Stage, day: number) => Acts;
}

export const indexOf = (stage: Stage, id: unknown): number =>
  stage.institutions.findIndex((institution) => institution.id === id);
