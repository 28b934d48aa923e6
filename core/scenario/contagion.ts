import { z } from 'zod';
import { choice, choices, type Options } from './catalogue.js';
import { field, nonNegative, section, unitInterval, wholeDays } from './field.js';

export const contagionSchema = (exposures: Options, channels: Options) =>
  section(
    {
      exposures: choice('structure', exposures, 'core-periphery', 'Who lends to whom on day 0.'),
      channels: choices(
        'channel',
        channels,
        [{ channel: 'clearing' }, { channel: 'fire-sale' }],
        'Ways in which distress spreads: at most one through claims, one through assets, one through funding.',
      ),
      termDays: field(
        wholeDays.default(20),
        'An interbank claim comes due every so many days and is then rolled or repaid.',
        'days',
      ),
      renewalFloor: field(
        unitInterval.default(0.03),
        'A lender does not roll a claim on a borrower whose equity over assets is below this.',
        'ratio',
      ),
      recovery: section(
        {
          external: field(
            unitInterval.default(1),
            'Share of its own assets that a defaulted estate realises (Rogers-Veraart alpha).',
            'share',
          ),
          interbank: field(
            unitInterval.default(1),
            'Share of its interbank receipts that a defaulted estate realises (Rogers-Veraart beta).',
            'share',
          ),
        },
        'What default destroys.',
      ),
      resolution: field(
        z.enum(['liquidate', 'recapitalise', 'replace']).default('replace'),
        'After default: close for good, recapitalise by issuance, or let an entrant take its place.',
        'name',
      ),
      entryDelayDays: field(
        wholeDays.default(20),
        'Days from default to an entrant or to recapitalisation.',
        'days',
      ),
      liquidationDays: field(wholeDays.default(20), 'Days over which a taken-over estate is sold.', 'days'),
      liquidationOrder: field(
        z.enum(['pro-rata', 'most-liquid-first']).default('pro-rata'),
        'What a forced seller sells first.',
        'name',
      ),
      probes: field(
        z.array(z.enum(Object.keys(channels))).default([]),
        'Channels whose losses after probeShock are measured at every close, beside those that act together.',
        'list of names',
      ),
      probeShock: field(
        nonNegative.max(1).default(0.01),
        'Share of equity lost by every institution in the daily DebtRank, and in probes.',
        'share',
      ),
    },
    'How distress spreads.',
  );
