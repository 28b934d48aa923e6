import type { Batch, Notice } from '../../core/events.js';
import type { Updates } from '../../core/protocol.js';
import type { Scenario } from '../../core/scenario.js';
import type { Federation } from '../federations.js';
import type { Lateness } from '../lateness.js';
import { noticeOf } from '../oversight/notice-of.js';
import type { PrivacyState } from '../privacy/accounts.js';
import { examplePrivacyOf } from '../privacy/chosen.js';

/** What institutions said of the privacy that their training has spent. */
export interface ExampleAccounts {
  readonly state: PrivacyState;
  readonly privacy: Batch;
  readonly notices: readonly Notice[];
}

/** The accounts of a round as institutions keep them; undefined where no example is hidden. Whose budget did not pay for
 * the round is told once of whoever holds the seat. */
export function exampleAccounts(
  scenario: Scenario,
  federations: readonly Federation[],
  { round, holder }: Lateness,
  replies: readonly Updates[],
  day: number,
  before: PrivacyState,
): ExampleAccounts | undefined {
  const chosen = examplePrivacyOf(scenario);
  if (!chosen) return undefined;
  const told = new Map(replies.flatMap(({ accounts }) => accounts.map((account) => [account.id, account])));
  const rows = federations.flatMap((federation) =>
    federation.learners.flatMap((id) => {
      const account = told.get(id);
      return account ? [{ ...account, federation: federation.id }] : [];
    }),
  );
  const nameOf = (id: string): string => `${id}#${holder(id)?.generation ?? 0}`;
  const known = new Set(before.refused);
  const fresh = rows.filter(({ id, refused }) => refused && !known.has(nameOf(id)));
  return {
    state: { ...before, refused: [...before.refused, ...fresh.map(({ id }) => nameOf(id))] },
    privacy: {
      day: new Int32Array(rows.length).fill(day),
      round: new Int32Array(rows.length).fill(round),
      federation: rows.map(({ federation }) => federation),
      institution: rows.map(({ id }) => id),
      epsilon: Float64Array.from(rows, ({ epsilon }) => epsilon),
      clip: new Float64Array(rows.length).fill(chosen.clip),
      noise: new Float64Array(rows.length).fill(chosen.noiseMultiplier * chosen.clip),
    },
    notices: noticeOf(
      'budget-spent',
      fresh.map(({ id, epsilon }) => ({
        institution: id,
        round,
        epsilon,
        budget: chosen.epsilon,
        reason: 'the steps of the round would break its privacy budget: it does not train',
      })),
    ),
  };
}
