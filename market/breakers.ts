import type { Stage } from '../core/types.js';
import type { Session } from './clearing/mechanism.js';
import { notify, type Draft } from './draft.js';
import type { Breaker } from './interventions/act.js';
import { indexLevel } from './record.js';
import type { DayRules } from './trading.js';

/** Assets that are still closed from days before, with the reason. */
export const stillClosed = (closedUntil: Int32Array, day: number): ReadonlyMap<number, string> =>
  new Map(
    Array.from(closedUntil.entries()).flatMap(([a, until]) =>
      until >= day ? [[a, `closed until day ${until}`] as const] : [],
    ),
  );

/** How far each asset that a breaker watches has fallen since the last close. */
function falls(stage: Stage, { scope }: Breaker, last: Float64Array, price: Float64Array): Float64Array {
  if (scope === 'asset') return price.map((p, a) => 1 - p / last[a]!);
  return new Float64Array(price.length).fill(1 - indexLevel(stage, price) / indexLevel(stage, last));
}

/** Trips whatever breaker has its fall: its assets are halted for the rest of the day and as long as it says. */
export function tripBreakers(
  stage: Stage,
  draft: Draft,
  { acts, closedUntil, last }: DayRules,
  session: Session,
  price: Float64Array,
): Session {
  return acts.breakers.reduce((open, breaker) => {
    const fall = falls(stage, breaker, last, price);
    const until = draft.day + breaker.haltDays;
    const tripped = breaker.assets.filter((a) => fall[a]! >= breaker.fall && closedUntil[a]! < until);
    if (tripped.length === 0) return open;
    for (const a of tripped) closedUntil[a] = until;
    const reason = `trading stopped: ${breaker.scope} fell by ${breaker.fall} or more`;
    announce(stage, draft, tripped, until > draft.day ? `${reason}, until day ${until}` : reason);
    return { ...open, halted: new Map([...open.halted, ...tripped.map((a) => [a, reason] as const)]) };
  }, session);
}

function announce(stage: Stage, draft: Draft, tripped: readonly number[], reason: string): void {
  const all = tripped.length === stage.assets.length;
  const target = all ? 'all' : tripped.map((a) => stage.assets[a]!.id).join(', ');
  notify(draft, 'intervention', { kind: 'circuit-breaker', target, amount: 0, reason });
}
