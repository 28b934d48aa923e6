import type { Ending, Holdings } from '../core/handshake.js';
import { admit, Refused, type Admission, type Admitted } from './admission.js';
import type { Hosts } from './learning.js';
import type { KeptLine } from './presence.js';
import { HostLost } from './transport/host-lost.js';
import type { Connection, Line } from './transport/line.js';
import type { HostPlan } from './transport/plan.js';
import type { SavedState } from './transport/request-log.js';
import { remoteHosts, type Bearing, type Remote } from './transport/sockets.js';

/** A host that was let in. */
export interface Guest extends Admitted {
  readonly connection: Connection;
  readonly address: string;
}

/** Where a run goes on from: what was kept of every host, and the states that those which were there must have. */
export interface Kept {
  readonly day: number;
  readonly lines: readonly (KeptLine & { readonly hash: string })[];
}

export interface DoorTerms extends Admission {
  /** With pooled learning the first host trains on everyone's data. */
  readonly pooled: boolean;
  readonly startSeconds: number | null;
  readonly bearing: Bearing;
  readonly kept: Kept | undefined;
}

/** Lets hosts in, in the beginning and when they come back. */
export interface Door {
  /** What a handshake may have.
   * @throws {Refused} with one line for both sides */
  readonly admit: (handshake: unknown, token: string | undefined, names?: readonly string[]) => Admitted;
  readonly enter: (guest: Guest) => void;
  /** All institutions, as soon as every one has joined, or at the deadline. */
  readonly gathered: Promise<Hosts>;
  /** Institutions whose hosts are connected. */
  readonly present: () => number;
  readonly close: (ending?: Ending) => void;
}

const sameSeats = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((seat, i) => seat === b[i]);

/** Hosts in the order of their first institution: no result depends on who came first. */
function plansOf(groups: readonly (readonly number[])[], { roster, pooled }: DoorTerms): HostPlan[] {
  return [...groups]
    .sort((a, b) => a[0]! - b[0]!)
    .map((seats, h) => {
      const own = new Set(seats);
      const shadows = pooled && h === 0 ? roster.map((_, i) => i).filter((i) => !own.has(i)) : [];
      return { own: seats, shadows };
    });
}

/** Before the run: hosts come, and may go. */
class Gathering {
  /** By the key of their process. */
  private readonly byKey = new Map<string, Guest>();
  /** Who has a seat. */
  private readonly holders = new Map<number, Guest>();

  constructor(private readonly terms: DoorTerms) {}

  /** Institutions that have a host. */
  get size(): number {
    return this.holders.size;
  }

  get guests(): readonly Guest[] {
    return [...this.byKey.values()];
  }

  add(guest: Guest): void {
    this.byKey.set(guest.holds.key, guest);
    for (const seat of guest.seats) this.holders.set(seat, guest);
  }

  remove(guest: Guest): void {
    if (this.byKey.get(guest.holds.key) !== guest) return;
    this.byKey.delete(guest.holds.key);
    for (const seat of guest.seats) this.holders.delete(seat);
  }

  /** The first of these institutions that has a host, but for the process that may connect again. */
  taken(seats: readonly number[], but?: Holdings): number | undefined {
    return seats.find((seat) => {
      const holder = this.holders.get(seat);
      return holder !== undefined && holder.holds.key !== but?.key;
    });
  }

  /** Forgets the connection that a process had before. */
  forget({ key }: Holdings): void {
    const guest = this.byKey.get(key);
    if (!guest) return;
    this.remove(guest);
    guest.connection.disconnect(true);
  }

  /** Institutions that must join before the run begins. */
  awaited(): number[] {
    const { kept, roster } = this.terms;
    if (!kept) return roster.map((_, i) => i);
    return kept.lines.flatMap(({ away, own }) => (away ? [] : own));
  }

  isComplete(): boolean {
    return this.awaited().every((seat) => this.holders.has(seat));
  }

  /** A run that goes on needs the hosts that it had, with what they knew. */
  refusal(seats: readonly number[], holds: Holdings): string | undefined {
    const { kept, roster } = this.terms;
    if (!kept) return undefined;
    const line = kept.lines.find(({ own }) => sameSeats(own, seats));
    if (!line) return otherHosts(roster, kept.lines, seats);
    if (line.away) return 'it was away when the run stopped: it may come back once the run goes on';
    const has = holds.saved.some((s: SavedState) => s.day === kept.day && s.hash === line.hash);
    return has
      ? undefined
      : `it does not hold its state of day ${kept.day}: join with --state FOLDER keeps it`;
  }
}

/** Institutions of one host stay together for a whole run. */
function otherHosts(
  roster: readonly string[],
  lines: readonly { readonly own: readonly number[] }[],
  seats: readonly number[],
): string {
  const line = lines.find(({ own }) => own.includes(seats[0]!));
  const names = (line?.own ?? []).slice(0, 5).map((seat) => roster[seat]!);
  return `in this run ${names.join(', ')}${(line?.own.length ?? 0) > 5 ? ', ...' : ''} run in one host: join with the same institutions`;
}

/** Opens a run's door. */
export function openDoor(terms: DoorTerms): Door {
  const { roster, bearing, startSeconds } = terms;
  const gathering = new Gathering(terms);
  let remote: Remote | undefined;
  let begin: (hosts: Hosts) => void;
  let fail: (error: Error) => void;
  const gathered = new Promise<Hosts>((resolve, reject) => ([begin, fail] = [resolve, reject]));
  // Whoever awaits it hears of it; nobody may be there yet.
  gathered.catch(() => undefined);

  const start = (): void => {
    const { guests } = gathering;
    const groups = guests.map(({ seats }) => seats);
    const missing = terms.kept
      ? terms.kept.lines.filter(({ away }) => away).map(({ own }) => own)
      : roster.flatMap((_, i) => (gathering.taken([i]) === undefined ? [[i]] : []));
    const plans = plansOf([...groups, ...missing], terms);
    remote = remoteHosts(plans, roster, bearing);
    if (terms.kept) remote.restore(terms.kept.lines);
    for (const line of remote.lines) {
      const guest = guests.find(({ seats }) => sameSeats(seats, line.terms.plan.own));
      if (guest) line.attach(guest.connection, guest.holds.key);
      else if (!line.isAway) line.leaveOut('not there when the run began');
    }
    clearTimeout(deadline);
    begin({ transport: remote.transport, plans, presence: remote.presence });
  };

  const atDeadline = (): void => {
    if (remote) return;
    const came = gathering.size;
    const needed =
      bearing.onLoss === 'continue' ? Math.ceil(bearing.quorum * roster.length - 1e-9) : roster.length;
    if (came >= Math.max(1, needed)) return start();
    fail(
      new HostLost(
        'the run',
        `${came} of ${roster.length} institutions were there after ${startSeconds} s, and it needs ${needed}`,
      ),
    );
  };
  const deadline = startSeconds === null ? undefined : setTimeout(atDeadline, 1000 * startSeconds);

  const lineOf = (seats: readonly number[]): Line | undefined =>
    remote?.lines.find((line) => sameSeats(line.terms.plan.own, seats));

  const refuse = ({ seats, holds }: Admitted): string | undefined => {
    if (!remote) return gathering.refusal(seats, holds);
    const line = lineOf(seats);
    if (!line)
      return otherHosts(
        roster,
        remote.lines.map(({ terms: { plan } }) => plan),
        seats,
      );
    if (line.isConnected && !line.knows(holds)) return `${roster[seats[0]!]!} has already joined`;
    return line.refusal(holds);
  };

  return {
    gathered,
    admit: (handshake, token, names) => {
      const admitted = admit(terms, { handshake, token, names });
      const taken = remote ? undefined : gathering.taken(admitted.seats, admitted.holds);
      if (taken !== undefined) throw new Refused(`${roster[taken]!} has already joined`);
      const reason = refuse(admitted);
      if (reason !== undefined) throw new Refused(reason);
      return admitted;
    },
    enter: (guest) => {
      const { seats, holds, connection, address } = guest;
      if (remote) {
        // Two that claim one host at the same time both get this far: the first has it.
        if (refuse(guest) !== undefined) return void connection.disconnect(true);
        bearing.log('rejoined', `${lineOf(seats)!.terms.name} came back from ${address}`);
        return lineOf(seats)!.rejoin(connection, holds);
      }
      gathering.forget(holds);
      if (gathering.taken(seats) !== undefined) return void connection.disconnect(true);
      gathering.add(guest);
      connection.on('disconnect', () => gathering.remove(guest));
      bearing.log(
        'joined',
        `${seats.length} institutions joined from ${address}: ${gathering.size} of ${roster.length}`,
      );
      if (gathering.isComplete()) start();
    },
    present: () =>
      remote
        ? remote.lines.reduce((sum, line) => sum + (line.isConnected ? line.terms.plan.own.length : 0), 0)
        : gathering.size,
    close: (ending) => {
      clearTimeout(deadline);
      for (const line of remote?.lines ?? []) line.close(ending);
      for (const { connection } of remote ? [] : gathering.guests) connection.disconnect(true);
    },
  };
}
