import type { Scenario } from '../../core/scenario.js';
import { overlap, spanOf, spanText, type Span } from './span.js';
import { common, namedAssets } from './targets.js';

type Chosen = Readonly<Record<string, unknown>>;

const assetsIn = (chosen: Chosen, scenario: Scenario): string[] =>
  namedAssets(chosen['assets'] as readonly string[], scenario);

const covers = (outer: Span, inner: Span): boolean =>
  outer.from <= inner.from && (outer.to ?? Infinity) >= (inner.to ?? Infinity);

/** Two breakers that trip at the same moment, and may not say the same. */
export function sameThreshold(chosen: Chosen, other: Chosen, scenario: Scenario): string | undefined {
  const [mine, theirs] = [spanOf(chosen), spanOf(other)];
  const alike = chosen['fall'] === other['fall'] && chosen['scope'] === other['scope'];
  if (!alike || !overlap(mine, theirs)) return undefined;
  const asset = common(assetsIn(chosen, scenario), assetsIn(other, scenario));
  return asset === undefined
    ? undefined
    : `circuit-breaker of ${asset} at a fall of ${String(chosen['fall'])} ${spanText(mine)} meets another at the same fall ${spanText(theirs)}`;
}

/** A breaker that waits for a fall which a price limit does not let happen. */
export function neverTrips(breaker: Chosen, limit: Chosen, scenario: Scenario): string | undefined {
  const watched = breaker['scope'] === 'index' ? namedAssets([], scenario) : assetsIn(breaker, scenario);
  const limited = assetsIn(limit, scenario);
  const [fall, most] = [breaker['fall'] as number, limit['limit'] as number];
  const isDead =
    most < fall &&
    covers(spanOf(limit), spanOf(breaker)) &&
    watched.every((asset) => limited.includes(asset));
  return isDead
    ? `circuit-breaker at a fall of ${fall} never trips: price-limit lets prices move by at most ${most} a day`
    : undefined;
}
