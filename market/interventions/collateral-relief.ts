import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import { spanFields, type Span } from './span.js';
import { standingRule } from './standing-rule.js';
import { institutionsField, institutionsOf, overInstitutions } from './targets.js';

const options = z.strictObject({
  relief: field(unitInterval.gt(0), 'Share of every haircut that is waived.', 'share'),
  institutions: institutionsField,
  ...spanFields,
});

/** Haircuts are waived in part, so that falling prices call less margin.
 * @source European Central Bank, package of 7 April 2020 (haircuts lowered by a fifth)
 * @pitfall it does nothing for institutions whose type has no haircuts
 */
export const collateralRelief = standingRule<z.output<typeof options> & Span>({
  kind: 'collateral-relief',
  summary: 'A share of every haircut is waived, so that falling prices call less margin.',
  options,
  over: overInstitutions,
  rivals: ['margin-floor', 'collateral-relief'],
  detail: ({ relief }) => `${relief} of every haircut is waived`,
  acts: ({ relief, institutions }, { stage }) => ({
    terms: [{ institutions: institutionsOf(stage, institutions), relief }],
  }),
});
