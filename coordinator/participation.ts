import type { Notice } from '../core/events.js';
import { stream } from '../core/random.js';
import type { Outage } from '../core/scenario/institutions.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { noticeOf } from './oversight/notice-of.js';

/** One institution without its model, for a span of days. */
interface Blindness {
  readonly seat: number;
  readonly from: number;
  /** Last day; before `from` where a standby takes over at once. */
  readonly to: number;
  readonly outage: Outage;
  readonly standby: boolean;
}

/** Who of those struck has a standby: of several the share that is told, by lot; one alone draws, with that chance. */
function standbys(stage: Stage, { institution, from, redundancy }: Outage, index: number, struck: number[]) {
  const entity = institution === undefined ? String(index) : `${institution}/${from}`;
  const lot = stream({ seed: stage.seed, purpose: 'standby', entity });
  if (struck.length === 1) return new Set(lot.uniform() < redundancy ? struck : []);
  return new Set(lot.shuffle([...struck]).slice(0, Math.round(redundancy * struck.length)));
}

/** Everybody whom an outage strikes. A standby cuts it short. */
function struckBy(stage: Stage, outage: Outage, index: number): Blindness[] {
  const seats = stage.institutions.flatMap(({ id, region }, seat) =>
    outage.institution === id || outage.region === region ? [seat] : [],
  );
  const covered = standbys(stage, outage, index, seats);
  return seats.map((seat) => {
    const standby = covered.has(seat);
    const to = standby ? Math.min(outage.to, outage.from + outage.failoverDays - 1) : outage.to;
    return { seat, from: outage.from, to, outage, standby };
  });
}

const blindnesses = (scenario: Scenario, stage: Stage): Blindness[] =>
  scenario.institutions.outages.flatMap((outage, index) => struckBy(stage, outage, index));

/** Which outage governs each seat on a day, whether or not a standby has taken over: of its own and its region's its own. */
function governing(all: readonly Blindness[], day: number): Map<number, Blindness> {
  const listed = all.filter(({ outage }) => outage.from <= day && day <= outage.to);
  const own = listed.filter(({ outage }) => outage.institution !== undefined);
  return new Map([...listed, ...own].map((one) => [one.seat, one]));
}

/** What blinds each seat on a day. */
const blinding = (all: readonly Blindness[], day: number): Map<number, Blindness> =>
  new Map([...governing(all, day)].filter(([, { to }]) => day <= to));

/** Who has a model on a day, and what the others fall back to. */
export interface Attendance {
  /** 1 where an institution is in business, its model is up, and its host is there. */
  readonly online: Uint8Array;
  /** Rule of each institution in business whose model is down, by roster index. */
  readonly blind: ReadonlyMap<number, Outage['fallback']>;
}

/** Attendance on a day.
 * @param away institutions whose host is gone: they hold
 */
export function attendance(
  scenario: Scenario,
  stage: Stage,
  { books }: World,
  day: number,
  away: ReadonlySet<number>,
): Attendance {
  const down = blinding(blindnesses(scenario, stage), day);
  return {
    online: Uint8Array.from(stage.institutions, (_, i) =>
      books.active[i] && !away.has(i) && !down.has(i) ? 1 : 0,
    ),
    blind: new Map(
      [...down].flatMap(([seat, { outage }]) =>
        books.active[seat] === 1 ? [[seat, outage.fallback] as const] : [],
      ),
    ),
  };
}

/** 1 where an institution may have orders: its model is up, it follows a rule, or an overseer let an order go. */
export const acting = ({ online, blind }: Attendance, released: Uint8Array): Uint8Array =>
  online.map((up, seat) => (up || released[seat] || (blind.get(seat) ?? 'hold') !== 'hold' ? 1 : 0));

function begun({ outage, to, standby, from }: Blindness): string {
  if (to < from) return 'model down: its standby takes over at once';
  const rule = outage.fallback === 'hold' ? '' : `; it falls back to ${outage.fallback}`;
  return `model down until day ${to}${standby ? ', when its standby takes over' : ''}${rule}`;
}

/** Outages that begin or end on a day: an institution's model is up again once nothing keeps it down, and of its own
 * outage and its region's only the one that governs is told. */
export function outageNotices(scenario: Scenario, stage: Stage, day: number): Notice[] {
  const all = blindnesses(scenario, stage);
  const [governs, today, yesterday] = [governing(all, day), blinding(all, day), blinding(all, day - 1)];
  const edges = stage.institutions.flatMap(({ id }, seat) => {
    const atOnce = governs.get(seat)?.from === day ? governs.get(seat) : undefined;
    const now = today.get(seat) ?? atOnce;
    if (now && now !== yesterday.get(seat)) return [{ institution: id, reason: begun(now) }];
    return yesterday.has(seat) && !today.has(seat) ? [{ institution: id, reason: 'model up again' }] : [];
  });
  return noticeOf('outage', edges);
}
