import { z } from 'zod';
import { field, money, wholeDays } from '../../core/scenario/field.js';
import type { Intervention } from './act.js';
import { drawdownField, fallen } from './drawdown.js';
import { checkSpan, during, spanFields, spanText } from './span.js';
import { checkInstitutions, institutionsField, institutionsOf, targetText } from './targets.js';

const options = z.strictObject({
  amountUsd: field(money, 'How much is lent, to all of them together, in proportion to total assets.', 'USD'),
  days: field(wholeDays.default(20), 'Days after which it is repaid.', 'days'),
  drawdown: drawdownField,
  institutions: institutionsField,
  ...spanFields,
});

type Options = z.output<typeof options>;

/** The authority lends cash at the rate of funding, and takes it back; as long as the span lasts and its condition
 * holds, it lends again once the last of its loans is repaid. Several facilities lend each on its own.
 * @source Bagehot 1873, Lombard Street; Brunnermeier & Pedersen 2009, Review of Financial Studies 22(6)
 * @pitfall it adds to assets and debt alike: it keeps claims renewed and cash positive, and raises leverage
 */
export const liquidityInjection: Intervention = {
  summary: 'The authority lends cash for some days; a standing facility lends again once it is repaid.',
  options,
  check(chosen, scenario) {
    const given = chosen as Options;
    return [
      ...checkInstitutions('institutions', given.institutions, scenario),
      ...checkSpan(given, scenario),
    ];
  },
  on(chosen, view) {
    const { amountUsd, days, drawdown, institutions, ...span } = chosen as Options;
    const who = institutionsOf(view.stage, institutions);
    const lent = view.world.authority.loans.some(
      ({ due, lender }) => due > view.day && lender === view.place,
    );
    if (!during(span, view.day) || lent || !fallen(drawdown, view)) return {};
    const told = {
      kind: 'liquidity-injection',
      target: targetText(institutions),
      amount: amountUsd,
      reason: `lent for ${days} days, ${spanText(span)}`,
    };
    return {
      loans: [{ institutions: who, amountUsd, due: view.day + days, lender: view.place, told }],
    };
  },
};
