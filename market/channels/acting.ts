import type { Extension } from '../../core/scenario/catalogue.js';
import type { InstitutionType } from '../../core/scenario/institutions.js';
import type { Network } from '../exposures/network.js';

type Chosen = Readonly<Record<string, unknown>>;

/** How a borrower stands: equity and assets now, and the equity that it began with, USD. */
export interface Condition {
  readonly began: number;
  readonly equity: number;
  readonly assets: number;
}

/** What claims are worth to lenders. */
export interface ClaimsRule {
  /** What creditors of an estate get, of what it owes and what clearing says that it can pay, USD. */
  readonly recovered: (owed: number, canPay: number) => number;
  /** Share by which lenders write down claims on a borrower in business; it never falls as equity does. */
  readonly writtenDown: ((borrower: Condition) => number) | undefined;
  /** Who lends how much to whom on day 0, where the channel presumes it. */
  readonly network: (network: Network) => Network;
}

/** Assets over equity above which an institution sells, and down to which it does. */
export interface Bounds {
  readonly cap: number;
  readonly target: number;
}

/** When an institution of a type is forced to sell that began with so much leverage. */
export type SellingRule = (type: InstitutionType, began: number) => Bounds;

/** Share of a claim come due that a lender calls because it is short of cash itself, given what share that is of its
 * assets. */
export type FundingRule = (cashShare: number) => number;

/** How distress spreads in a run: one rule for each thing that it can travel through. */
export interface Rules {
  readonly claims: ClaimsRule;
  readonly assets: SellingRule;
  readonly funding: FundingRule;
}

/** A channel of contagion as it acts on the market: an entry of the map `actingChannels`. Its counterpart on arrays is
 * the entry of the same name in `market/contagion`. */
export interface ActingChannel extends Extension {
  /** What it travels through; two channels through one thing would count a loss twice. */
  readonly through: keyof Rules;
  readonly rules: (chosen: Chosen) => Partial<Rules>;
}

/** Nothing spreads: creditors of estates are made whole, nobody is forced to sell, and nobody hoards. */
export const nothingSpreads: Rules = {
  claims: { recovered: (owed) => owed, writtenDown: undefined, network: (network) => network },
  assets: () => ({ cap: Infinity, target: Infinity }),
  funding: () => 0,
};

/** Claims at face until default, and then worth so much. */
export const recovering = (recovered: ClaimsRule['recovered']): Pick<Rules, 'claims'> => ({
  claims: { ...nothingSpreads.claims, recovered },
});
