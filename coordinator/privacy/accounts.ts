import type { Notice } from '../../core/events.js';
import {
  addSpending,
  affordable,
  defaultOrders,
  guarantee,
  spending,
} from '../../core/privacy/accountant.js';
import type { Scenario } from '../../core/scenario.js';
import type { Federation } from '../federations.js';
import type { Lateness } from '../lateness.js';
import { noticeOf } from '../oversight/notice-of.js';
import { privacyOf } from './chosen.js';

/** What privacy remembers between rounds; plain data, part of a checkpoint. */
export interface PrivacyState {
  /** Bound on updates, by federation. */
  readonly clip: Readonly<Record<string, number>>;
  /** Rényi spending at the accountant's orders, by institution and who of its line holds the seat. */
  readonly spent: Readonly<Record<string, Float64Array>>;
  /** Those whose budget is spent, and who were told. */
  readonly refused: readonly string[];
}

export const nothingSpent: PrivacyState = { clip: {}, spent: {}, refused: [] };

/** One institution's account after a round. */
export interface Account {
  readonly institution: string;
  readonly federation: string;
  readonly epsilon: number;
}

/** A round's accounts: who can pay for it, and what all have then spent. */
export interface Accounts {
  readonly state: PrivacyState;
  /** Learners that can pay, by federation. */
  readonly able: ReadonlyMap<string, readonly string[]>;
  readonly rows: readonly Account[];
  readonly notices: readonly Notice[];
}

/** Charges a round to every institution that may be asked for an update in it, asked or not: a lot that hides who takes
 * part is part of the guarantee. An institution that it would take beyond its budget is not charged, and not asked.
 *
 * Neighbouring data sets differ by one institution's whole data. Each account is of whoever holds the seat: an entrant
 * has spent nothing.
 */
export function chargeRound(
  scenario: Scenario,
  federations: readonly Federation[],
  { round, holder }: Lateness,
  state: PrivacyState,
): Accounts | undefined {
  const chosen = privacyOf(scenario);
  if (!chosen) return undefined;
  const { noiseMultiplier, epsilon, delta } = chosen.options;
  const { askedShare: sampleRate } = scenario.federation.participation;
  const cost = spending(defaultOrders, { noiseMultiplier, sampleRate, rounds: 1 });
  const nothing = new Float64Array(defaultOrders.length);
  const spent: Record<string, Float64Array> = { ...state.spent };
  const refused = new Set(state.refused);
  const able = new Map<string, string[]>();
  const rows: Account[] = [];
  const told: Record<string, string | number>[] = [];
  for (const federation of federations)
    for (const institution of federation.learners) {
      const held = holder(institution);
      if (!held) continue;
      const account = `${institution}#${held.generation}`;
      const before = spent[account] ?? nothing;
      if (affordable(defaultOrders, before, cost, { epsilon, delta })) {
        spent[account] = addSpending(before, cost);
        able.set(federation.id, [...(able.get(federation.id) ?? []), institution]);
      } else if (!refused.has(account)) {
        refused.add(account);
        const { epsilon: already } = guarantee(defaultOrders, before, delta);
        const reason = 'another round would break its privacy budget: it is asked for no more updates';
        told.push({ institution, round, epsilon: already, budget: epsilon, reason });
      }
      const { epsilon: now } = guarantee(defaultOrders, spent[account] ?? nothing, delta);
      rows.push({ institution, federation: federation.id, epsilon: spent[account] ? now : 0 });
    }
  return {
    state: { ...state, spent, refused: [...refused] },
    able,
    rows,
    notices: noticeOf('budget-spent', told),
  };
}
