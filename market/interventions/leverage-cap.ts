import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { spanFields, type Span } from './span.js';
import { standingRule } from './standing-rule.js';
import { institutionsField, institutionsOf, overInstitutions } from './targets.js';

const options = z.strictObject({
  cap: field(z.number().gt(1).max(200), 'Assets over equity above which one must sell.', 'ratio'),
  institutions: institutionsField,
  ...spanFields,
});

/** Nobody may have more than so many times its equity in assets; who has must sell.
 * @source Basel Committee 2014, Basel III leverage ratio framework (a floor of 3% on equity over assets)
 * @pitfall a cap below the leverage of the day it begins on is a fire sale by decree
 */
export const leverageCap = standingRule<z.output<typeof options> & Span>({
  kind: 'leverage-cap',
  summary: 'Assets may be at most so many times equity; who is above must sell.',
  options,
  over: overInstitutions,
  rivals: ['leverage-cap'],
  detail: ({ cap }) => `leverage is capped at ${cap}`,
  acts: ({ cap, institutions }, { stage }) => ({
    terms: [{ institutions: institutionsOf(stage, institutions), leverageCap: cap }],
  }),
});
