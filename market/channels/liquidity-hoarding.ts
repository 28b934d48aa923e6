import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import type { ActingChannel } from './acting.js';

const options = z.strictObject({
  cashFloor: field(
    unitInterval.default(0.01),
    'Cash over assets below which an institution calls in its loans as they come due.',
    'share',
  ),
  hoardedShare: field(unitInterval.default(1), 'Share of each loan that it then calls.', 'share'),
});

/** Whoever is short of cash calls in its loans, which leaves its borrowers short. */
export const liquidityHoarding: ActingChannel = {
  summary: 'Institutions short of cash call in their loans as they come due, which leaves borrowers short.',
  through: 'funding',
  options,
  rules(chosen) {
    const { cashFloor, hoardedShare } = chosen as z.output<typeof options>;
    return { funding: (cashShare) => (cashShare < cashFloor ? hoardedShare : 0) };
  },
};
