import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import type { Scenario } from '../../core/scenario.js';
import { spanFields, type Span } from './span.js';
import { standingRule } from './standing-rule.js';
import { institutionsField, institutionsOf, overInstitutions, seatsNamed } from './targets.js';

const options = z.strictObject({
  relief: field(unitInterval.gt(0), 'Share of every haircut that is waived.', 'share'),
  institutions: institutionsField,
  ...spanFields,
});

/** Whether anybody whom a list names must cover part of a position with own money. */
const hasHaircuts = (list: readonly string[], scenario: Scenario): boolean => {
  const { types } = scenario.institutions;
  return seatsNamed(list, scenario).some(({ type }) =>
    Object.values(types[type]!.haircuts).some((h) => h > 0),
  );
};

/** Haircuts are waived in part, so that falling prices call less margin.
 * @source European Central Bank, package of 7 April 2020 (haircuts lowered by a fifth)
 * @pitfall it does nothing for institutions whose type has no haircuts; a run says so where that is all of them
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
  notes: ({ institutions }, scenario) =>
    hasHaircuts(institutions, scenario)
      ? []
      : ['does nothing: no type of those it concerns has haircuts (institutions.types.*.haircuts)'],
});
