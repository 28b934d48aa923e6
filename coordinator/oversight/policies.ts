import type { Overseer } from '../../core/scenario/institutions.js';
import type { Ticket } from './ticket.js';

interface Situation {
  readonly ticket: Ticket;
  readonly overseer: Overseer;
  /** How far the index stands below its highest close of the last 20 days. */
  readonly drawdown: number;
}

type Policy = (situation: Situation) => { readonly approved: boolean; readonly reason: string };

const always =
  (approved: boolean, reason: string): Policy =>
  () => ({ approved, reason });

/** How a scripted overseer decides on what is due. */
export const policies = {
  approve: always(true, 'approves whatever is due'),
  reject: always(false, 'rejects whatever is due'),
  'sales-only': ({ ticket }) => ({
    approved: ticket.units < 0,
    reason: ticket.units < 0 ? 'sales may go' : 'purchases may not',
  }),
  'when-calm': ({ overseer, drawdown }) => {
    const calm = drawdown < (overseer.inDrawdown ?? Infinity);
    return { approved: calm, reason: calm ? 'the market is calm' : 'the market is still in stress' };
  },
} satisfies Record<Overseer['verdict'], Policy>;
