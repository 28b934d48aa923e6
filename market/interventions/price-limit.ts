import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import type { Intervention } from './act.js';
import { spanFields, type Span } from './span.js';
import { standingRule } from './standing-rule.js';
import { neverTrips } from './stops.js';
import { assetsField, assetsOf, overAssets } from './targets.js';

const options = z.strictObject({
  limit: field(
    unitInterval.gt(0).lt(1),
    'Largest move from the last close, up or down.',
    'share of the last close',
  ),
  assets: assetsField,
  ...spanFields,
});

const rule = standingRule<z.output<typeof options> & Span>({
  kind: 'price-limit',
  summary: 'The price of an asset moves by at most a limit in a day; orders that push further are cut.',
  options,
  over: overAssets,
  rivals: ['price-limit'],
  detail: ({ limit }) => `prices move by at most ${limit} a day`,
  acts: ({ limit, assets }, { stage }) => ({
    priceLimits: new Map(assetsOf(stage, assets).map((a) => [a, limit])),
  }),
});

/** Prices move by at most a limit in a day; orders that would push one further are cut, and what news would have
 * moved it further comes on the days after.
 * @source Kim & Rhee 1997, Journal of Finance 52(2) (limits delay prices and interfere with trading)
 */
export const priceLimit: Intervention = {
  ...rule,
  contradicts: (chosen, other, scenario) =>
    other['kind'] === 'circuit-breaker'
      ? neverTrips(other, chosen, scenario)
      : rule.contradicts?.(chosen, other, scenario),
};
