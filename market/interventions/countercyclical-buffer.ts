import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import { worldBalances } from '../book.js';
import type { View } from './act.js';
import { spanFields, type Span } from './span.js';
import { standingRule } from './standing-rule.js';
import { institutionsField, institutionsOf, overInstitutions } from './targets.js';

const options = z.strictObject({
  buffer: field(
    unitInterval.gt(0).max(0.5).default(0.025),
    'Largest buffer, on top of the equity over assets that the leverage cap leaves.',
    'share of assets',
  ),
  lowerGap: field(
    unitInterval.default(0.02),
    'Gap of institutions’ assets over their trend up to which there is none.',
    'share of trend',
  ),
  gapWidth: field(
    unitInterval.gt(0).default(0.08),
    'Further gap over which it grows to its full size.',
    'share of trend',
  ),
  institutions: institutionsField,
  ...spanFields,
});

type Options = z.output<typeof options>;

/** @formula buffer · clip((assets/trend − 1 − lowerGap) / gapWidth, 0, 1) */
function inForceNow({ buffer, lowerGap, gapWidth }: Options, { world }: View): number {
  const total = worldBalances(world).assets.reduce((sum, x, i) => sum + (world.books.active[i] ? x : 0), 0);
  const gap = total / world.authority.creditTrendUsd - 1;
  return buffer * Math.max(0, Math.min(1, (gap - lowerGap) / gapWidth));
}

/** Equity to be built up while balance sheets grow beyond their trend, and free to use when they shrink: who has less
 * may neither buy nor pay out, but need not sell.
 * @source Basel Committee 2010, Guidance for national authorities operating the countercyclical capital buffer (2.5%
 *   between gaps of 2 and 10 points)
 * @pitfall the trend is an exponential average with a half-life of a year, not the committee's filter of decades
 */
export const countercyclicalBuffer = standingRule<Options & Span>({
  kind: 'countercyclical-buffer',
  summary:
    'Equity to be held on top while balance sheets grow beyond their trend; it binds purchases and payouts.',
  options,
  over: overInstitutions,
  rivals: ['countercyclical-buffer'],
  detail: ({ buffer }) => `a buffer of up to ${buffer} of assets`,
  acts: (given, view) => ({
    terms: [
      { institutions: institutionsOf(view.stage, given.institutions), buffer: inForceNow(given, view) },
    ],
  }),
});
