import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import { recovering, type ActingChannel } from './acting.js';

const options = z.strictObject({
  lossGivenDefault: field(
    unitInterval.default(1),
    'Share of a claim that is lost when its debtor defaults.',
    'share',
  ),
});

/** Creditors of an estate lose a fixed share, whatever it has; the outside book bears or keeps the rest. */
export const cascade: ActingChannel = {
  summary: 'Creditors of an estate lose a fixed share of what they lent.',
  through: 'claims',
  options,
  rules(chosen) {
    const { lossGivenDefault } = chosen as z.output<typeof options>;
    return recovering((owed) => (1 - lossGivenDefault) * owed);
  },
};
