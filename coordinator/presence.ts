import type { Notice } from '../core/events.js';
import type { Message, Ready, Reply, Welcome } from '../core/protocol.js';
import type { LineState } from './transport/line.js';
import { silenced, type Silent } from './transport/silence.js';
import { seatsOf, type HostPlan } from './transport/plan.js';
import type { Transport } from './transport/transport.js';

/** Why and when an institution was not there: from an exchange of a day on, to the open of another day. */
export interface Absence {
  readonly seat: number;
  readonly day: number;
  /** Its first exchange of that day that it did not answer, from 1; 0: it was away when the day opened. */
  readonly exchange: number;
  readonly reason: string;
  /** The day on which it was there again; undefined: it never was. */
  readonly back: number | undefined;
}

/** Who is there, in a run whose hosts may be lost. */
export interface Presence {
  /** Who is away as a day opens, by roster index; those who are back take part again from here. */
  readonly open: (day: number) => Promise<ReadonlySet<number>>;
  /** What the day brought: absences that began, and ended. */
  readonly close: () => readonly Notice[];
  /** Where hosts keep their own states: what of each is kept here between two days. */
  readonly state?: () => KeptLine[];
}

/** What a checkpoint keeps of a host elsewhere. */
export interface KeptLine extends LineState {
  /** Its institutions, by roster index. */
  readonly own: readonly number[];
  /** Whether its absence is in the record. */
  readonly told: boolean;
}

const nobody: ReadonlySet<number> = new Set();

/** Where nobody can be lost. */
export const everybody: Presence = { open: () => Promise.resolve(nobody), close: () => [] };

/** Notices of a day's absences, in roster order. */
export function absenceNotices(
  ids: readonly string[],
  began: readonly Absence[],
  ended: readonly number[],
): Notice[] {
  const from = [...began].sort((a, b) => a.seat - b.seat);
  const back = [...ended].sort((a, b) => a - b);
  const absent: Notice = {
    kind: 'absent',
    columns: {
      institution: from.map(({ seat }) => ids[seat]!),
      exchange: from.map(({ exchange }) => exchange),
      reason: from.map(({ reason }) => reason),
    },
  };
  const returned: Notice = { kind: 'returned', columns: { institution: back.map((seat) => ids[seat]!) } };
  return [...(from.length > 0 ? [absent] : []), ...(back.length > 0 ? [returned] : [])];
}

/** What a record says of one day's absences. */
export interface ToldAbsences {
  readonly day: number;
  readonly notices: readonly Notice[];
}

/** Reads absences back from the notices of a record. */
export function absencesOf(ids: readonly string[], days: readonly ToldAbsences[]): Absence[] {
  const seats = new Map(ids.map((id, seat) => [id, seat]));
  const absences: Absence[] = [];
  for (const { day, notices } of days)
    for (const { kind, columns } of notices) {
      const who = (columns['institution'] ?? []).map((id) => seats.get(String(id))!);
      if (kind === 'returned')
        for (const seat of who) {
          const at = absences.findLastIndex((a) => a.seat === seat);
          if (at >= 0) absences[at] = { ...absences[at]!, back: day };
        }
      if (kind === 'absent')
        who.forEach((seat, r) => {
          const [exchange, reason] = [Number(columns['exchange']![r]), String(columns['reason']![r])];
          absences.push({ seat, day, exchange, reason, back: undefined });
        });
    }
  return absences;
}

/** Exchanges that are no part of a day. */
export const housekeeping: ReadonlySet<Message['type']> = new Set(['welcome', 'save', 'load', 'farewell']);

/** Hosts that are all there, made to be silent where those of a record were: the same run again. */
export function replayAbsences(
  inner: Transport,
  plans: readonly HostPlan[],
  ids: readonly string[],
  absences: readonly Absence[],
): { readonly transport: Transport; readonly presence: Presence } {
  const known: (Silent | undefined)[] = [];
  let [today, count] = [0, 0];
  const isAway = ({ day, exchange, back }: Absence): boolean =>
    (day < today || (day === today && exchange <= count)) && (back === undefined || today < back);
  const away = (): Set<number> => new Set(absences.filter(isAway).map(({ seat }) => seat));
  const silence = (reply: Reply, h: number): Reply => {
    const seats = away();
    const rows = seatsOf(plans[h]!).flatMap((seat, row) => (seats.has(seat) ? [row] : []));
    return silenced(reply, new Set(rows), known[h]!);
  };
  const exchange: Transport['exchange'] = async (messages) => {
    const first: Message = messages[0]!;
    if (!housekeeping.has(first.type)) count++;
    const replies = await inner.exchange(messages);
    if (first.type === 'welcome')
      replies.forEach((reply, h) => {
        known[h] = { welcome: messages[h] as unknown as Welcome, ready: reply as Ready };
      });
    return housekeeping.has(first.type)
      ? replies
      : (replies.map((reply, h) => silence(reply, h)) as typeof replies);
  };
  return {
    transport: { ...inner, exchange },
    presence: {
      open: (day) => {
        [today, count] = [day, 0];
        return Promise.resolve(away());
      },
      close: () =>
        absenceNotices(
          ids,
          absences.filter(({ day }) => day === today),
          absences.filter(({ back }) => back === today).map(({ seat }) => seat),
        ),
    },
  };
}
