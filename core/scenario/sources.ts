import { z } from 'zod';
import { day, field, id, nonNegative, positive, section, unitInterval } from './field.js';

/** Poisons that come in sizes. */
const sized: readonly string[] = ['bias', 'targeted-noise'];

const poison = z
  .strictObject({
    kind: field(
      z.enum(['bias', 'sign-flip', 'label-flip', 'targeted-noise']),
      'What the poison does: adds to readings, turns their sign, turns the sign of the training labels that subscribers take from the source, or adds noise.',
      'name',
    ),
    from: field(day, 'First day.', 'day'),
    to: field(day.nullable().default(null), 'Last day; null: to the end of the run.', 'day'),
    size: field(
      z.number().min(-20).max(20).nullable().default(null),
      'How much a bias adds, or the scale of the noise; null: 1. Flips have none.',
      'standard deviations of a reading',
    ),
    assets: field(
      z.array(id).default([]),
      'Assets it strikes, by id or class, of those that the source covers; none: all of them.',
      'list of names',
    ),
    share: field(
      unitInterval.gt(0).default(1),
      'Share of the subscribers whose feed is poisoned, drawn by lot from those whom mandates leave the source.',
      'share',
    ),
  })
  .refine((p) => p.to === null || p.to >= p.from, { message: 'ends before it begins', path: ['to'] })
  .refine((p) => p.size === null || sized.includes(p.kind), {
    message: `is taken by ${sized.join(' and ')} only`,
    path: ['size'],
  });

const dirt = section(
  {
    missing: field(unitInterval.default(0), 'Chance that a reading of an asset is missing.', 'per day'),
    stale: field(unitInterval.default(0), 'Chance that it tells the news of the day before.', 'per day'),
    outliers: field(unitInterval.default(0), 'Chance that it is far off, either way.', 'per day'),
    outlierSize: field(positive.max(1000).default(8), 'How far off.', 'standard deviations of a reading'),
  },
  'Faults of the feed, the same for all subscribers.',
);

const spikes = section(
  {
    gain: field(
      z.number().min(-10).max(10).default(0),
      'How much a reading moves for each standard deviation of an event’s return; below 0 it moves against it.',
      'ratio',
    ),
    threshold: field(
      positive.max(50).default(3),
      'Size of a day’s return from which it is an event.',
      'daily standard deviations',
    ),
    halfLifeDays: field(positive.max(20).default(2), 'Half-life of the excitement.', 'days'),
  },
  'Excitement after large moves of an asset’s price, as in sentiment: common to all subscribers, and no information.',
);

export const sourceSchema = z.strictObject({
  informationCoefficient: field(
    unitInterval.default(0.02),
    "Correlation of the source with the coming horizon's diffusive return.",
    'correlation',
  ),
  delayDays: field(
    z.int().min(0).max(250).default(0),
    'Days by which it arrives late, excitement included.',
    'days',
  ),
  coverage: field(
    unitInterval.gt(0).default(1),
    'Share of the assets that it says anything about, drawn by lot.',
    'share of assets',
  ),
  priceUsd: field(nonNegative.default(0), 'What each subscriber pays.', 'USD per year'),
  sharedNoise: field(
    unitInterval.nullable().default(null),
    'Share of its noise that subscribers have in common; null: homogeneity.signals.',
    'share of variance',
  ),
  correlation: field(
    unitInterval.default(0),
    'Share of its noise that it has in common with other sources. To one reader two sources’ noise is correlated by √(c d) · (√(s t) + √((1 − s)(1 − t))), with c and d their shares and s and t their sharedNoise: by √(c d) where the latter are equal.',
    'share of variance',
  ),
  spikes,
  dirt,
  poison: field(poison.nullable().default(null), 'A poisoned feed; null: none.', 'record'),
});

export type Source = z.output<typeof sourceSchema>;
