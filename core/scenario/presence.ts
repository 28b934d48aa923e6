import { z } from 'zod';
import { field, positive, section, unitInterval } from './field.js';

/** What happens where institutions run in processes of their own and one of those is not there, or not any more. */
export const presenceSchema = section(
  {
    startSeconds: field(
      positive.max(604_800).nullable().default(null),
      'How long the run waits for institutions to join; null: until all have.',
      'seconds',
    ),
    silenceSeconds: field(
      positive.max(86_400).default(120),
      'How long a host may take to answer before it counts as lost.',
      'seconds',
    ),
    rejoinSeconds: field(
      z.number().min(0).max(604_800).default(60),
      'How long the run pauses for a host that was lost.',
      'seconds',
    ),
    onLoss: field(
      z.enum(['abort', 'continue']).default('abort'),
      'What follows where it does not come back: the run ends, or goes on without its institutions.',
      'name',
    ),
    quorum: field(
      unitInterval.default(0.5),
      'Share of the institutions that must be there for the run to go on.',
      'share',
    ),
  },
  'Institutions that run elsewhere and are not there; a run in one process never meets it.',
);
