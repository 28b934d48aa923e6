import { endEvent, messageEvent, type Ending, type Holdings } from '../../core/handshake.js';
import type { Message, Ready, Reply, Welcome } from '../../core/protocol.js';
import { decode, encode } from '../../core/protocol/codec.js';
import { differenceOf } from '../unequal-hosts.js';
import { checkReply } from './check-reply.js';
import { HostLost } from './host-lost.js';
import type { HostPlan } from './plan.js';
import {
  emptyLog,
  lastNumber,
  noted,
  savedAt,
  trimmedTo,
  welcomeNumber,
  type Request,
  type RequestLog,
} from './request-log.js';
import { blankReply } from './silence.js';

/** A way to one host as long as it lasts. */
export interface Connection {
  readonly emit: (event: string, ...words: unknown[]) => unknown;
  readonly on: (event: 'disconnect', heard: (reason: string) => void) => unknown;
  readonly disconnect: (close?: boolean) => unknown;
}

/** What a line to a host is held to. */
export interface LineTerms {
  /** What the host is called in messages to people. */
  readonly name: string;
  readonly plan: HostPlan;
  readonly silenceSeconds: number;
  readonly rejoinSeconds: number;
  /** Whether hosts save their states now and then, so that one can come back from what it saved. */
  readonly savesStates: boolean;
  /** Whether the run goes on without this host. */
  readonly mayGoOn: () => boolean;
  /** The first exchange that a host which is lost now does not answer, given whether it is being asked. */
  readonly since: (asked: boolean) => number;
  readonly log: (event: string, message: string) => void;
}

/** A host that is away: why, and since which exchange. */
export interface Away {
  readonly reason: string;
  readonly exchange: number;
}

/** What of a line belongs in a checkpoint. */
export interface LineState {
  readonly log: RequestLog;
  readonly away: Away | undefined;
}

interface Pending {
  readonly message: Message;
  readonly frame: Uint8Array;
  readonly number: number;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/** An answer that cannot be read, or is not one to what was asked. */
class NotBelieved extends Error {}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Requests to one host, over whatever connection it has at the moment: each is answered once, in order. A host that
 * is lost has time to come back; then the run ends, or goes on as if the host heard everything and said nothing. */
export class Line {
  /** By which the process at the other end is known when it connects again. */
  private key: string | undefined;
  private connection: Connection | undefined;
  /** The process that gave an answer which was not believed, and why: it would give it again. */
  private unfit: { readonly key: string | undefined; readonly reason: string } | undefined;
  private log: RequestLog = emptyLog;
  private pending: Pending | undefined;
  private away: Away | undefined;
  private dead: HostLost | undefined;
  private reason = 'it has not come';
  private pause: NodeJS.Timeout | undefined;
  private heard: { welcome?: Welcome; ready?: Ready } = {};
  /** Last request that a host which came back has heard. */
  private told = 0;
  /** Settles when a host that came back has heard all it missed; false where it was lost again. */
  private caughtUp: Promise<boolean> = Promise.resolve(false);
  /** Gives up waiting for the answer to the present request. */
  private stopWaiting: () => void = () => undefined;

  constructor(readonly terms: LineTerms) {}

  get isAway(): Away | undefined {
    return this.away;
  }

  /** Whether this process is the one at the other end. */
  knows({ key }: Holdings): boolean {
    return key === this.key;
  }

  get isConnected(): boolean {
    return this.connection !== undefined;
  }

  state(): LineState {
    return { log: this.log, away: this.away };
  }

  /** Goes on from a checkpoint, before anything was asked. */
  restore({ log, away }: LineState): void {
    this.away = away;
    if (away) this.log = log;
  }

  /** Takes a host out of the run before it begins. */
  leaveOut(reason: string): void {
    this.away = { reason, exchange: 0 };
    this.log = trimmedTo(welcomeNumber);
  }

  /** Why a host that comes back cannot go on; undefined where it can. */
  refusal(holds: Holdings): string | undefined {
    if (this.dead) return this.dead.message;
    if (this.unfit?.key === holds.key) return this.unfit.reason;
    return this.wayBack(holds) === undefined ? this.cannot() : undefined;
  }

  private cannot(): string {
    const { saved, trimmed } = this.log;
    if (saved) return `it does not hold its state of day ${saved.day}: join with --state FOLDER keeps it`;
    return trimmed
      ? 'what it knew is lost: serve with --checkpoint-every and join with --state keep it'
      : 'it cannot go on';
  }

  /** The requests by which a host that holds this much is brought to where the run is. */
  private wayBack(holds: Holdings): 'remembers' | 'loads' | 'begins' | undefined {
    const { before, saved, trimmed } = this.log;
    const answered = holds.key === this.key ? holds.answered : -1;
    if (answered >= before && answered <= lastNumber(this.log)) return 'remembers';
    if (saved)
      return holds.saved.some((s) => s.day === saved.day && s.hash === saved.hash) ? 'loads' : undefined;
    return trimmed || !this.heard.welcome ? undefined : 'begins';
  }

  /** Begins with a host that was there from the start. */
  attach(connection: Connection, key: string): void {
    this.key = key;
    const before = this.connection;
    this.connection = connection;
    this.stopWaiting();
    before?.disconnect(true);
    // An answer that came just before is read first.
    connection.on('disconnect', (reason) =>
      setImmediate(() => this.lose(`the connection ended (${reason})`, connection)),
    );
  }

  /** Takes a host back and tells it what it missed. */
  rejoin(connection: Connection, holds: Holdings): void {
    const way = this.wayBack(holds);
    const from = way === 'remembers' ? holds.answered : this.log.before;
    this.attach(connection, holds.key);
    this.caughtUp = this.catchUp(connection, way === 'remembers' ? [] : this.again(), from);
  }

  /** Requests that put a host where its log begins. */
  private again(): Request[] {
    const { before, saved } = this.log;
    const welcome = encode(this.heard.welcome!);
    if (!saved) return [{ number: before, frame: welcome }];
    const load = encode({ type: 'load', ...saved, state: new Uint8Array(0) });
    return [
      { number: before - 1, frame: welcome },
      { number: before, frame: load },
    ];
  }

  private async catchUp(connection: Connection, first: readonly Request[], from: number): Promise<boolean> {
    try {
      for (const request of first) await this.send(connection, request);
      this.told = from;
      for (let next = this.nextAfter(from); next; next = this.nextAfter(this.told)) {
        await this.send(connection, next);
        this.told = next.number;
      }
      if (this.pending) this.put(connection, this.pending);
      return true;
    } catch (error) {
      this.lose(reasonOf(error), connection);
      return false;
    }
  }

  /** The next request that only has to be heard; the one that the run waits for is put apart. */
  private nextAfter(number: number): Request | undefined {
    return this.log.requests.find((r) => r.number > number && r.number !== this.pending?.number);
  }

  /** Sends a request and waits for its answer, however long the host may take. */
  private send(connection: Connection, { number, frame }: Request): Promise<unknown> {
    const { silenceSeconds } = this.terms;
    return new Promise((resolve, reject) => {
      const late = (): void => reject(new Error(`no answer for ${silenceSeconds} s`));
      const timer = setTimeout(late, 1000 * silenceSeconds);
      this.stopWaiting = () => {
        clearTimeout(timer);
        reject(new Error(this.reason));
      };
      connection.emit(messageEvent, number, frame, (answer: unknown) => {
        clearTimeout(timer);
        resolve(answer);
      });
    });
  }

  /** Puts the present request to the host. */
  private put(connection: Connection, pending: Pending): void {
    void this.send(connection, pending)
      .then((answer) => {
        if (this.pending === pending && connection === this.connection) this.settle(pending, answer);
      })
      .catch((error: unknown) => {
        if (this.pending !== pending) return;
        const reason = reasonOf(error);
        if (error instanceof NotBelieved) this.tell(connection, reason);
        this.lose(reason, connection);
      });
  }

  /** Says what was wrong with an answer; the process that gave it is not heard again. */
  private tell(connection: Connection, wrong: string): void {
    const reason = `its answer was not believed: ${wrong}`;
    this.unfit = { key: this.key, reason };
    connection.emit(endEvent, { over: false, reason } satisfies Ending);
  }

  private settle(pending: Pending, answer: unknown): void {
    const reply = this.read(pending.message, answer);
    if (reply.type === 'ready') this.heard.ready = reply;
    this.keep(pending, reply);
    clearTimeout(this.pause);
    [this.pending, this.pause] = [undefined, undefined];
    // A host that was told that the run is over leaves.
    if (pending.message.type === 'farewell') this.connection = undefined;
    pending.resolve(reply);
  }

  private read(asked: Message, answer: unknown): Reply {
    try {
      if (!(answer instanceof Uint8Array)) throw new Error('its reply is not bytes');
      const reply = decode(answer) as Reply;
      checkReply(reply, asked, { welcome: this.heard.welcome!, ready: this.heard.ready });
      this.requireSameModels(reply);
      return reply;
    } catch (error) {
      throw new NotBelieved(reasonOf(error));
    }
  }

  /** Who comes back has the models that it left with, or those of the others where it comes for the first time. */
  private requireSameModels(reply: Reply): void {
    const { ready, welcome } = this.heard;
    if (reply.type !== 'ready' || !ready) return;
    const names = welcome!.brief.architectures.map(({ name }) => name);
    const difference = differenceOf(names, ready, reply);
    if (difference !== undefined) throw new Error(`its models are not those of this run: ${difference}`);
  }

  /** What must still be kept once a request was answered. */
  private keep({ message, number }: Pending, reply: Reply): void {
    if (message.type === 'save' && reply.type === 'saved')
      this.log = savedAt(number, { day: message.day, hash: reply.hash });
    else if (message.type === 'load') this.log = savedAt(number, { day: message.day, hash: message.hash });
    else if (!this.terms.savesStates) this.log = trimmedTo(number);
  }

  ask(message: Message): Promise<Reply | undefined> {
    if (message.type === 'welcome') this.heard.welcome = message;
    if (this.away) return Promise.resolve(this.missed(message));
    return new Promise((resolve, reject) => {
      if (this.dead) return reject(this.dead);
      const frame = encode(message);
      const pending = { message, frame, number: this.note(message, frame), resolve, reject };
      this.pending = pending;
      if (this.connection) this.put(this.connection, pending);
    });
  }

  /** Notes a request; the welcome is made anew when it is needed. */
  private note(message: Message, frame: Uint8Array): number {
    if (message.type === 'welcome') return welcomeNumber;
    this.log = noted(this.log, frame);
    return lastNumber(this.log);
  }

  /** A host that is away hears it when it comes back, except for what is no part of a day. */
  private missed(message: Message): Reply | undefined {
    if (message.type === 'welcome') return undefined;
    if (message.type !== 'save' && message.type !== 'load' && message.type !== 'farewell')
      this.note(message, encode(message));
    return blankReply(message, { welcome: this.heard.welcome!, ready: this.heard.ready! });
  }

  /** Takes over what another host said of the models, for one that never came. */
  readyAs(ready: Ready): void {
    this.heard.ready ??= ready;
  }

  /** The host is gone: from here on it has so long to come back. */
  private lose(reason: string, connection = this.connection): void {
    if (connection !== this.connection) return;
    this.connection = undefined;
    this.reason = reason;
    this.stopWaiting();
    connection?.disconnect(true);
    if (this.away || this.dead) return;
    const { rejoinSeconds, log, name } = this.terms;
    log('lost', `${name} was lost: ${reason}; waiting ${rejoinSeconds} s for it`);
    this.pause ??= setTimeout(() => this.giveUp(), 1000 * rejoinSeconds);
  }

  private giveUp(): void {
    this.pause = undefined;
    const { pending, reason } = this;
    this.pending = undefined;
    if (!this.terms.mayGoOn()) {
      this.dead = new HostLost(this.terms.name, reason);
      this.connection?.disconnect(true);
      return pending?.reject(this.dead);
    }
    this.away = { reason, exchange: this.terms.since(pending !== undefined) };
    this.terms.log('away', `${this.terms.name} is away: the run goes on without it`);
    if (pending) pending.resolve(this.standIn(pending.message)!);
  }

  private standIn(message: Message): Reply | undefined {
    return message.type === 'welcome'
      ? undefined
      : blankReply(message, { welcome: this.heard.welcome!, ready: this.heard.ready! });
  }

  /** Whether a host that was away is back, and has heard all it missed. */
  async isBack(): Promise<boolean> {
    const { connection } = this;
    if (!this.away || !connection || !(await this.caughtUp)) return false;
    if (!(await this.catchUp(connection, [], this.told))) return false;
    this.away = undefined;
    this.terms.log('back', `${this.terms.name} is back`);
    return true;
  }

  /** Hangs up; says how the run ended, if it did. */
  close(ending?: Ending): void {
    clearTimeout(this.pause);
    const { connection } = this;
    this.connection = undefined;
    this.stopWaiting();
    if (ending) connection?.emit(endEvent, ending);
    connection?.disconnect(true);
  }
}
