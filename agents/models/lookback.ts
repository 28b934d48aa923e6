import { z } from 'zod';

/** Option of architectures that read several days in a row; `otherwise` is theirs to default, as is the `least`. */
export const lookbackOption = (otherwise: number, least = 1) => ({
  lookback: z
    .int()
    .min(least)
    .max(250)
    .default(otherwise)
    .meta({ description: 'Days that a forecast reads, today the last of them', unit: 'days' }),
});

/** Days that a forecast reads: 1 where the architecture has no memory. */
export const lookbackOf = (options: object): number =>
  'lookback' in options && typeof options.lookback === 'number' ? options.lookback : 1;

/** The longest of several. */
export const longestLookback = (all: readonly object[]): number =>
  all.reduce((longest, options) => Math.max(longest, lookbackOf(options)), 1);
