import { z } from 'zod';
import { day as dayField, field, id } from '../../core/scenario/field.js';
import { indexOf, noActs, type Intervention } from './act.js';
import { checkDay, checkInstitution } from './check.js';

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
    const { institution, from, to } = chosen as Options;
    const backwards =
      to < from ? [{ path: ['to'], message: `day ${to} is before the first day, ${from}` }] : [];
    return [...checkInstitution(institution, scenario), ...checkDay('to', to, scenario), ...backwards];
  },
  on(chosen, stage, day) {
    const { institution, from, to } = chosen as Options;
    if (day < from || day > to) return noActs;
    const reason = `halted from day ${from} to day ${to}`;
    return {
      ...noActs,
      halted: new Map([[indexOf(stage, institution), reason]]),
      announced: day === from ? [{ kind: 'halt', target: institution, amount: 0, reason }] : [],
    };
  },
};
