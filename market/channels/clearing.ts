import { z } from 'zod';
import { recovering, type ActingChannel } from './acting.js';

/** Creditors of an estate share what clearing leaves (contagion.recovery says what default destroys). */
export const clearing: ActingChannel = {
  summary: 'Creditors of an estate lose what it cannot pay, all debts ranking equally.',
  through: 'claims',
  options: z.strictObject({}),
  rules: () => recovering((_owed, canPay) => canPay),
};
