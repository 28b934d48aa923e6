import { z } from 'zod';
import { field, nonNegative, section, unitInterval } from './field.js';

/** Who takes part in a round, in logical time: drawn, so that every run of the scenario has the same. */
export const participationSchema = section(
  {
    askedShare: field(
      unitInterval.gt(0).default(1),
      'Chance that an institution is asked for an update in a round, drawn by lot.',
      'share',
    ),
    lateShare: field(
      unitInterval.default(0),
      'Chance that an update does not arrive in its own round, drawn by lot.',
      'share',
    ),
    lateRounds: field(
      z.int().min(1).max(1000).default(1),
      'Longest delay of a late update; each delay from 1 to this is as likely.',
      'rounds',
    ),
    maxStaleness: field(
      z.int().min(0).max(1000).default(5),
      'Rounds after its own in which a late update is still used; one that is later is refused.',
      'rounds',
    ),
    stalenessExponent: field(
      nonNegative.max(10).default(0.5),
      'An update that is s rounds late counts (1 + s)^−a; this is a. Rules with a discount of their own use theirs.',
      'exponent',
    ),
    quorum: field(
      unitInterval.default(0),
      'Share of a federation’s learners whose updates a round needs; with fewer its model stays as it was.',
      'share',
    ),
  },
  'Who takes part in a round.',
);
