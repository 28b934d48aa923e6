import { z } from 'zod';
import type { Network } from '../exposures/network.js';
import { nothingSpreads, type ActingChannel } from './acting.js';

/** Every lender's claims, of equal size. */
function evenly({ creditor, debtor, face }: Network): Network {
  const lent = new Map<number, { total: number; borrowers: number }>();
  creditor.forEach((c, e) => {
    const { total, borrowers } = lent.get(c) ?? { total: 0, borrowers: 0 };
    lent.set(c, { total: total + face[e]!, borrowers: borrowers + 1 });
  });
  return { creditor, debtor, face: creditor.map((c) => lent.get(c)!.total / lent.get(c)!.borrowers) };
}

/** Gai and Kapadia's cascade: lending is spread evenly over borrowers, and nothing is recovered. */
export const gaiKapadia: ActingChannel = {
  summary: 'Institutions lend evenly to all their borrowers, and lose all of it to those that default.',
  through: 'claims',
  options: z.strictObject({}),
  rules: () => ({ claims: { ...nothingSpreads.claims, recovered: () => 0, network: evenly } }),
};
