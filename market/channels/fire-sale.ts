import { z } from 'zod';
import type { ActingChannel } from './acting.js';

/** A threshold: nobody sells below its leverage cap, everybody above it sells back to its target. */
export const fireSale: ActingChannel = {
  summary: 'Institutions above their leverage cap sell back to their target; prices fall for every holder.',
  through: 'assets',
  options: z.strictObject({}),
  rules: () => ({
    assets: ({ leverageCap, leverageTarget }) => ({ cap: leverageCap, target: leverageTarget }),
  }),
};
