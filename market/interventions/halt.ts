import { z } from 'zod';
import { day as dayField, field, id } from '../../core/scenario/field.js';
import { indexOf, type Intervention } from './act.js';
import { checkInstitution } from './check.js';
import { contradiction } from './contradiction.js';
import { checkSpan, during, spanText } from './span.js';

const options = z.strictObject({
  institution: field(id, 'Which may not trade.', 'institution id'),
  from: field(dayField, 'First day.', 'day'),
  to: field(dayField, 'Last day.', 'day'),
});

type Options = z.output<typeof options>;

/** One institution may not trade for a span of days; forced sales wait as well. */
export const halt: Intervention = {
  summary: 'One institution may not trade for a span of days, forced sales included.',
  options,
  check(chosen, scenario) {
    const given = chosen as Options;
    return [...checkInstitution(given.institution, scenario), ...checkSpan(given, scenario)];
  },
  contradicts: contradiction(['halt'], (chosen) => [String(chosen['institution'])]),
  on(chosen, { stage, day }) {
    const given = chosen as Options;
    if (!during(given, day)) return {};
    const reason = `halted ${spanText(given)}`;
    return {
      halted: new Map([[indexOf(stage, given.institution), reason]]),
      announced: day === given.from ? [{ kind: 'halt', target: given.institution, amount: 0, reason }] : [],
    };
  },
};
