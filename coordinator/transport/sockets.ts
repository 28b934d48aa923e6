import type { Message, Ready, Reply, ReplyTo } from '../../core/protocol.js';
import { absenceNotices, housekeeping, type Absence, type KeptLine, type Presence } from '../presence.js';
import { Line, type LineTerms } from './line.js';
import { hostName, type HostPlan } from './plan.js';
import type { Transport } from './transport.js';

/** How a run bears the loss of hosts. */
export interface Bearing {
  readonly silenceSeconds: number;
  readonly rejoinSeconds: number;
  readonly onLoss: 'abort' | 'continue';
  /** Share of the institutions that must be there. */
  readonly quorum: number;
  readonly savesStates: boolean;
  readonly log: LineTerms['log'];
}

/** Hosts elsewhere, one line each. */
export interface Remote {
  readonly lines: readonly Line[];
  readonly transport: Transport;
  readonly presence: Presence;
  /** Goes on from a checkpoint, before anything was asked. */
  readonly restore: (states: readonly KeptLine[]) => void;
}

/** Hosts on other machines: messages as binary frames, each reply checked before it is believed. */
export function remoteHosts(plans: readonly HostPlan[], ids: readonly string[], bearing: Bearing): Remote {
  let [today, count, inDay] = [0, 0, false];
  const told = new Set<Line>();
  const came: number[] = [];
  const present = (but: Line): number =>
    lines.reduce((sum, line) => sum + (line === but || line.isAway ? 0 : line.terms.plan.own.length), 0);
  const lines: Line[] = plans.map(
    (plan): Line =>
      new Line({
        ...bearing,
        name: hostName(ids, plan),
        plan,
        mayGoOn: () =>
          bearing.onLoss === 'continue' &&
          present(lines.find((line) => line.terms.plan === plan)!) >= bearing.quorum * ids.length - 1e-9,
        since: (asked) => (inDay ? count + (asked ? 0 : 1) : 0),
      }),
  );
  const exchange = async <M extends Message>(messages: readonly M[]): Promise<ReplyTo[M['type']][]> => {
    if (!housekeeping.has(messages[0]!.type)) count++;
    const replies = await Promise.all(messages.map((message, h) => lines[h]!.ask(message)));
    // Only a host that never came has nothing to say to its welcome; its models are those of the others.
    const ready = replies.find((reply): reply is Ready => reply?.type === 'ready');
    if (ready) for (const line of lines) line.readyAs(ready);
    return replies.map((reply): Reply => reply ?? ready!) as ReplyTo[M['type']][];
  };
  const begun = (): Absence[] =>
    lines
      .filter((line) => line.isAway && !told.has(line))
      .flatMap((line) => {
        told.add(line);
        const { reason, exchange } = line.isAway!;
        return line.terms.plan.own.map((seat) => ({ seat, day: today, exchange, reason, back: undefined }));
      });
  return {
    lines,
    transport: { hosts: lines.length, exchange, close: () => Promise.resolve() },
    presence: {
      open: async (day) => {
        [today, count, inDay] = [day, 0, true];
        for (const line of lines)
          // One that was lost and came back between two days was never missed.
          if ((await line.isBack()) && told.delete(line)) came.push(...line.terms.plan.own);
        return new Set(lines.flatMap((line) => (line.isAway ? line.terms.plan.own : [])));
      },
      close: () => {
        inDay = false;
        return absenceNotices(ids, begun(), came.splice(0));
      },
      state: () => lines.map((line) => ({ ...line.state(), own: line.terms.plan.own, told: told.has(line) })),
    },
    restore: (states) =>
      states.forEach((state, h) => {
        lines[h]!.restore(state);
        if (state.told) told.add(lines[h]!);
      }),
  };
}
