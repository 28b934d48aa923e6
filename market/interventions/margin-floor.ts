import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import { spanFields, type Span } from './span.js';
import { standingRule } from './standing-rule.js';
import { institutionsField, institutionsOf, overInstitutions } from './targets.js';

const options = z.strictObject({
  haircut: field(
    unitInterval.gt(0),
    'Least share of every position, long or short, that must be covered by own money.',
    'share of value',
  ),
  institutions: institutionsField,
  ...spanFields,
});

/** No position may be financed with a smaller haircut; who falls short must sell.
 * @source Financial Stability Board 2014, Regulatory framework for haircuts on non-centrally cleared securities financing
 */
export const marginFloor = standingRule<z.output<typeof options> & Span>({
  kind: 'margin-floor',
  summary: 'No position may be financed with a smaller haircut; who falls short must sell.',
  options,
  over: overInstitutions,
  rivals: ['margin-floor', 'collateral-relief'],
  detail: ({ haircut }) => `haircuts are at least ${haircut}`,
  acts: ({ haircut, institutions }, { stage }) => ({
    terms: [{ institutions: institutionsOf(stage, institutions), haircutFloor: haircut }],
  }),
});
