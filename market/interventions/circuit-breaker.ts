import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import type { Intervention } from './act.js';
import { spanFields, type Span } from './span.js';
import { standingRule } from './standing-rule.js';
import { neverTrips, sameThreshold } from './stops.js';
import { assetsField, assetsOf, overAssets } from './targets.js';

const options = z.strictObject({
  fall: field(
    unitInterval.gt(0).lt(1),
    'Fall since the last close at which trading stops.',
    'share of price',
  ),
  scope: field(
    z.enum(['index', 'asset']).default('index'),
    'What falls: the index, and all trading stops; or an asset, and trading in it stops.',
    'name',
  ),
  haltDays: field(
    z.int().min(0).max(250).default(0),
    'Days after that one on which trading does not resume.',
    'days',
  ),
  assets: assetsField,
  ...spanFields,
});

const rule = standingRule<z.output<typeof options> & Span>({
  kind: 'circuit-breaker',
  summary: 'Trading stops once the index (or an asset) has fallen by a threshold since the last close.',
  options,
  over: overAssets,
  rivals: [],
  detail: ({ fall, scope }) => `trading stops when the ${scope} has fallen by ${fall},`,
  acts: ({ fall, scope, haltDays, assets }, { stage }) => ({
    breakers: [{ fall, scope, haltDays, assets: assetsOf(stage, assets) }],
  }),
});

/** Trading stops for the rest of the day once prices have fallen by a threshold, forced sales included.
 * @source Subrahmanyam 1994, Journal of Finance 49(1); U.S. market-wide thresholds since 2013 are 7%, 13% and 20%
 * @pitfall who must sell waits and is in breach the longer; several thresholds are several breakers
 */
export const circuitBreaker: Intervention = {
  ...rule,
  contradicts(chosen, other, scenario) {
    if (other['kind'] === 'circuit-breaker') return sameThreshold(chosen, other, scenario);
    return other['kind'] === 'price-limit' ? neverTrips(chosen, other, scenario) : undefined;
  },
};
