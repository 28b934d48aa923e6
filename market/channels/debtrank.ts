import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import { nothingSpreads, type ActingChannel } from './acting.js';

const options = z.strictObject({
  lossGivenDefault: field(
    unitInterval.default(1),
    'Share of a claim that is lost when all of the debtor’s equity is; before that, in proportion.',
    'share',
  ),
});

/** Distress spreads before default: lenders mark claims down by the share of its first equity that a borrower has lost.
 *
 * @pitfall where lenders' claims exceed their equity the least loss grows until equity is gone
 */
export const debtrank: ActingChannel = {
  summary: 'Lenders mark claims down by the share of its first equity that the borrower has lost.',
  through: 'claims',
  options,
  rules(chosen) {
    const { lossGivenDefault } = chosen as z.output<typeof options>;
    return {
      claims: {
        ...nothingSpreads.claims,
        recovered: (owed) => (1 - lossGivenDefault) * owed,
        writtenDown: ({ began, equity }) => lossGivenDefault * Math.min(1, Math.max(0, 1 - equity / began)),
      },
    };
  },
};
