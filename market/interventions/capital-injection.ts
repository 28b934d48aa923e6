import { z } from 'zod';
import { day as dayField, field, id, money } from '../../core/scenario/field.js';
import { indexOf, type Intervention } from './act.js';
import { checkDay, checkInstitution } from './check.js';

const options = z.strictObject({
  institution: field(id, 'Which receives the money.', 'institution id'),
  day: field(dayField, 'When, before the day’s decisions.', 'day'),
  amountUsd: field(money, 'How much; it is created by issuance.', 'USD'),
});

type Options = z.output<typeof options>;

/** The authority creates money as equity of one institution; an institution out of business gets none. */
export const capitalInjection: Intervention = {
  summary: 'The authority creates cash as equity of one institution.',
  options,
  check(chosen, scenario) {
    const { institution, day } = chosen as Options;
    return [...checkInstitution(institution, scenario), ...checkDay('day', day, scenario)];
  },
  on(chosen, { stage, day: today }) {
    const { institution, day, amountUsd } = chosen as Options;
    return day === today ? { injections: [{ institution: indexOf(stage, institution), amountUsd }] } : {};
  },
};
