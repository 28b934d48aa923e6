import type { Extension } from '../../core/scenario/catalogue.js';
import type { Scenario } from '../../core/scenario.js';
import type { Stage, World } from '../../core/types.js';

type Chosen = Readonly<Record<string, unknown>>;

/** Trading stops in `assets` once the index (or one of them) has fallen by `fall` since the last close. */
export interface Breaker {
  readonly fall: number;
  readonly assets: readonly number[];
  /** Whether each asset is judged on its own fall, or all on that of the index. */
  readonly scope: 'index' | 'asset';
  readonly haltDays: number;
}

/** Bounds on what an institution may owe, for some of them. */
export interface Terms {
  readonly institutions: ReadonlySet<number>;
  /** Assets over equity above which it must sell. */
  readonly leverageCap?: number;
  /** Least haircut of every position. */
  readonly haircutFloor?: number;
  /** Share of every haircut that is waived. */
  readonly relief?: number;
  /** Assets over equity by which its leverage cap is raised. */
  readonly headroom?: number;
  /** Equity over assets to be held beyond the cap's before it may buy or pay out. */
  readonly buffer?: number;
}

/** Groups of institutions that may not lend to each other. */
export interface Firewall {
  readonly one: ReadonlySet<number>;
  readonly other: ReadonlySet<number>;
}

/** One line of what the authority began today. */
export interface Announcement {
  readonly kind: string;
  readonly target: string;
  readonly amount: number;
  readonly reason: string;
}

/** All that the authority has in force on one day. */
export interface Acts {
  /** Institutions that may not trade, forced sales included, with the reason. */
  readonly halted: ReadonlyMap<number, string>;
  /** Assets of which nobody may be short by more than it is, with the reason. */
  readonly shortBans: ReadonlyMap<number, string>;
  /** Largest move of an asset's price in a day, as a share of the last close. */
  readonly priceLimits: ReadonlyMap<number, number>;
  readonly breakers: readonly Breaker[];
  /** Tax on every fill of an asset, as a share of its value. */
  readonly taxes: ReadonlyMap<number, number>;
  readonly terms: readonly Terms[];
  readonly firewalls: readonly Firewall[];
  /** Cash created for institutions. */
  readonly injections: readonly {
    readonly institution: number;
    readonly amountUsd: number;
    /** Why; scheduled unless told. */
    readonly reason?: string;
  }[];
  /** Claims that are repaid early and not lent again, as far as the debtor's cash goes. */
  readonly repayments: readonly {
    readonly creditor: number;
    readonly debtor: number;
    readonly amountUsd: number;
  }[];
  /** Cash lent to institutions in business, in proportion to their assets, until the morning of a day. */
  readonly loans: readonly {
    readonly institutions: ReadonlySet<number>;
    readonly amountUsd: number;
    readonly due: number;
    /** Place in the scenario's `interventions` of the one that lends. */
    readonly lender: number;
    /** What is told of it; what is lent then stands in place of the amount. */
    readonly told?: Announcement;
  }[];
  /** What the authority buys today, and what is told of it; what was filled then stands in place of the amount. */
  readonly purchases: readonly {
    readonly orders: readonly { readonly asset: number; readonly amountUsd: number }[];
    readonly told: Announcement;
  }[];
  /** What to put on record as begun today. */
  readonly announced: readonly Announcement[];
}

export const noActs: Acts = {
  halted: new Map(),
  shortBans: new Map(),
  priceLimits: new Map(),
  breakers: [],
  taxes: new Map(),
  terms: [],
  firewalls: [],
  injections: [],
  repayments: [],
  loans: [],
  purchases: [],
  announced: [],
};

/** What an act may look at: the world at the last close, the day that begins, and its own place among all acts. */
export interface View {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly world: World;
  readonly day: number;
  readonly place: number;
}

/** A kind of act: an entry of the map `interventions`. */
export interface Intervention extends Extension {
  /** What it does on a day; nothing on days on which it is not in effect. */
  readonly on: (chosen: Chosen, view: View) => Partial<Acts>;
}

export const indexOf = (stage: Stage, id: unknown): number =>
  stage.institutions.findIndex((institution) => institution.id === id);

const inAll = <T>(all: readonly Partial<Acts>[], key: keyof Acts): T[] =>
  all.flatMap((acts) => [...((acts[key] ?? []) as Iterable<T>)]);

/** The sum of many acts; where two give a number for one asset, `pick` says which is in force. */
function joined(
  all: readonly Partial<Acts>[],
  key: 'priceLimits' | 'taxes',
  pick: (a: number, b: number) => number,
): Map<number, number> {
  const values = new Map<number, number>();
  for (const [asset, x] of inAll<[number, number]>(all, key)) {
    const before = values.get(asset);
    values.set(asset, before === undefined ? x : pick(before, x));
  }
  return values;
}

/** All acts together: of two price limits the narrower holds, taxes add up. */
export const together = (all: readonly Partial<Acts>[]): Acts => ({
  halted: new Map(inAll<[number, string]>(all, 'halted')),
  shortBans: new Map(inAll<[number, string]>(all, 'shortBans')),
  priceLimits: joined(all, 'priceLimits', Math.min),
  breakers: inAll(all, 'breakers'),
  taxes: joined(all, 'taxes', (a, b) => a + b),
  terms: inAll(all, 'terms'),
  firewalls: inAll(all, 'firewalls'),
  injections: inAll(all, 'injections'),
  repayments: inAll(all, 'repayments'),
  loans: inAll(all, 'loans'),
  purchases: inAll(all, 'purchases'),
  announced: inAll(all, 'announced'),
});
