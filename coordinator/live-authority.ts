import type { Authority, Ordered } from './authority.js';
import { SCRIPT, type Ticket, type Verdict } from './oversight/ticket.js';

/** What somebody decided, and the day on which it takes effect. */
export type Said =
  | { readonly kind: 'verdict'; readonly day: number; readonly verdict: Verdict }
  | { readonly kind: 'ordered'; readonly day: number; readonly ordered: Ordered };

/** Why a decision was not taken: no such order waits, somebody was first, the run is over, or has not begun. */
export type Hindrance = 'unknown' | 'decided' | 'over' | 'early';

/** A decision that was not taken, and never will be. */
export class NotTaken extends Error {
  constructor(
    readonly hindrance: Hindrance,
    message: string,
  ) {
    super(message);
    this.name = 'NotTaken';
  }
}

/** What a live authority begins with, and who keeps what it hears. */
export interface LiveTerms {
  /** What was said before the run was stopped, and is to take effect as it did, or would have. */
  readonly said: readonly Said[];
  /** First day on which anything new may take effect: those before it were seen by people once. */
  readonly openFrom: number;
  /** The day after which nobody is asked. */
  readonly lastDay: number;
  /** Keeps what is said for good. Where it throws, nothing was said. */
  readonly keep: (said: Said) => void;
}

/** An authority that people speak to. What they say takes effect on the next day that asks, which is known, and kept,
 * when they say it: a run that is stopped and carried on asks on the same day and hears the same. */
export interface LiveAuthority extends Authority {
  /** @throws {NotTaken} */
  readonly decide: (verdict: Verdict) => void;
  /** @throws {NotTaken} */
  readonly order: (ordered: Ordered) => void;
  /** Orders that somebody can still decide, as of the end of the last day. */
  readonly waiting: () => readonly Ticket[];
}

const unkept: LiveTerms = { said: [], openFrom: 1, lastDay: Infinity, keep: () => undefined };

function person(by: string): void {
  if (by === SCRIPT) throw new RangeError(`"${SCRIPT}" is the name of scripted overseers`);
}

const isSame = (a: Verdict, b: Verdict): boolean =>
  a.approved === b.approved && a.by === b.by && a.reason === b.reason;

/** Opens an authority for people; `by` may not be the script's name. */
export function liveAuthority(terms: Partial<LiveTerms> = {}): LiveAuthority {
  const { said: before, openFrom, lastDay, keep } = { ...unkept, ...terms };
  const said = [...before];
  const asked = { verdict: 0, ordered: 0 };
  let seen: { readonly day: number; readonly tickets: readonly Ticket[] } = { day: 0, tickets: [] };
  const effective = (kind: Said['kind']): number => Math.max(asked[kind] + 1, openFrom);
  const verdictsOn = (day: number): Verdict[] =>
    said.flatMap((one) => (one.kind === 'verdict' && one.day === day ? [one.verdict] : []));
  const orderedOn = (day: number): Ordered[] =>
    said.flatMap((one) => (one.kind === 'ordered' && one.day === day ? [one.ordered] : []));
  const take = (one: Said): void => {
    if (one.day > lastDay) throw new NotTaken('over', `the run ends with day ${lastDay}, which is under way`);
    keep(one);
    said.push(one);
  };
  /** While a run goes again over days that people have seen, what waits on those is nobody's to decide. */
  const open = (): readonly Ticket[] => (seen.day + 1 === effective('verdict') ? seen.tickets : []);
  return {
    decide(verdict) {
      person(verdict.by);
      const day = effective('verdict');
      const first = verdictsOn(day).find(({ ticket }) => ticket === verdict.ticket);
      if (first && isSame(first, verdict)) return;
      if (first) throw new NotTaken('decided', `${first.by} has decided on ${verdict.ticket}`);
      if (!open().some(({ id }) => id === verdict.ticket))
        throw new NotTaken('unknown', `no order ${verdict.ticket} waits`);
      take({ kind: 'verdict', day, verdict });
    },
    order(ordered) {
      person(ordered.by);
      take({ kind: 'ordered', day: effective('ordered'), ordered });
    },
    waiting() {
      const decided = new Set(verdictsOn(effective('verdict')).map(({ ticket }) => ticket));
      return open().filter(({ id }) => !decided.has(id));
    },
    verdicts(day, waiting) {
      asked.verdict = day;
      const known = new Set(waiting.map(({ id }) => id));
      return Promise.resolve(verdictsOn(day).filter(({ ticket }) => known.has(ticket)));
    },
    interventions(day) {
      asked.ordered = day;
      return Promise.resolve(orderedOn(day));
    },
    waits(day, tickets) {
      seen = { day, tickets };
    },
  };
}
