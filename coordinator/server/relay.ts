import { randomUUID } from 'node:crypto';
import type { Server } from 'socket.io';
import type { Admitted } from '../admission.js';
import type { Door } from '../door.js';
import type { Connection } from '../transport/line.js';

/** What makes several socket servers one. */
export type Adapter = Parameters<Server['adapter']>[0] & object;

/** A host at the door of a gateway, and what it shows. */
export interface Visitor {
  readonly auth: unknown;
  /** On the way undefined becomes null. */
  readonly token: string | null | undefined;
  readonly names: readonly string[] | null | undefined;
  readonly address: string;
}

/** What gateways tell the coordinator. */
export type Up = { readonly gateway: string } & (
  | { readonly kind: 'beat' }
  | { readonly kind: 'knock'; readonly socket: string; readonly visitor: Visitor }
  | { readonly kind: 'entered'; readonly socket: string }
  | { readonly kind: 'answer'; readonly socket: string; readonly ask: number; readonly answer: unknown }
  | { readonly kind: 'left'; readonly socket: string; readonly reason: string }
);

/** What the coordinator tells gateways. */
export type Down =
  | { readonly kind: 'beat'; readonly coordinator: string }
  | { readonly kind: 'verdict'; readonly socket: string; readonly refusal: string | null }
  | {
      readonly kind: 'say';
      readonly socket: string;
      readonly event: string;
      readonly words: readonly unknown[];
      /** The number by which an answer is known; null: none is expected. */
      readonly ask: number | null;
    }
  | { readonly kind: 'hang'; readonly socket: string };

export const up = 'herdscope-up';
export const down = 'herdscope-down';

/** Milliseconds between signs of life, and how many may be missed. */
export const beatMs = 1000;
export const mostMissed = 10;

/** An error that a host takes for a refusal, and does not try again. */
export const refusal = (reason: string): Error =>
  Object.assign(new Error(reason), { data: { refused: true } });

export interface RelayTerms {
  readonly door: Pick<Door, 'enter'>;
  readonly decide: (visitor: Visitor) => Admitted | Error;
  readonly log: (event: string, message: string) => void;
}

type Send = (word: Down) => void;

/** A host behind a gateway, as the door sees any host. */
class Distant implements Connection {
  private readonly asked = new Map<number, (answer: unknown) => void>();
  private readonly listeners: ((reason: string) => void)[] = [];
  private count = 0;

  constructor(
    readonly gateway: string,
    private readonly socket: string,
    readonly visitor: { readonly admitted: Admitted; readonly address: string },
    private readonly send: Send,
  ) {}

  emit(event: string, ...words: unknown[]): void {
    const last = words.at(-1);
    const isAsk = typeof last === 'function';
    const ask = isAsk ? ++this.count : null;
    if (isAsk) this.asked.set(this.count, last as (answer: unknown) => void);
    this.send({ kind: 'say', socket: this.socket, event, words: isAsk ? words.slice(0, -1) : words, ask });
  }

  answered(ask: number, answer: unknown): void {
    const heard = this.asked.get(ask);
    this.asked.delete(ask);
    heard?.(answer);
  }

  on(_event: 'disconnect', heard: (reason: string) => void): void {
    this.listeners.push(heard);
  }

  disconnect(): void {
    this.send({ kind: 'hang', socket: this.socket });
  }

  left(reason: string): void {
    for (const heard of this.listeners.splice(0)) heard(reason);
  }
}

/** The coordinator's side of its gateways: hosts behind them knock, enter and answer as those at its own door do. A
 * gateway that is silent for ten seconds has lost its hosts; what Redis loses is asked again when they come back. */
export function relayed(io: Server, { door, decide, log }: RelayTerms): { readonly close: () => void } {
  const hosts = new Map<string, Distant>();
  const missed = new Map<string, number>();
  const coordinator = randomUUID();
  const send: Send = (word) => void io.serverSideEmit(down, word);
  const drop = (socket: string, reason: string): void => {
    hosts.get(socket)?.left(reason);
    hosts.delete(socket);
  };
  const hear = {
    beat: () => undefined,
    knock: ({ gateway, socket, visitor }: Extract<Up, { kind: 'knock' }>) => {
      const admitted = decide(visitor);
      const refused = admitted instanceof Error;
      if (!refused)
        hosts.set(socket, new Distant(gateway, socket, { admitted, address: visitor.address }, send));
      send({ kind: 'verdict', socket, refusal: refused ? admitted.message : null });
    },
    entered: ({ socket }: Extract<Up, { kind: 'entered' }>) => {
      const host = hosts.get(socket);
      if (!host) return send({ kind: 'hang', socket });
      const { admitted, address } = host.visitor;
      door.enter({ ...admitted, connection: host, address });
    },
    answer: ({ socket, ask, answer }: Extract<Up, { kind: 'answer' }>) =>
      hosts.get(socket)?.answered(ask, answer),
    left: ({ socket, reason }: Extract<Up, { kind: 'left' }>) => drop(socket, reason),
  };
  io.on(up, (word: Up) => {
    if (!missed.has(word.gateway)) log('gateway', `gateway ${word.gateway.slice(0, 8)} is there`);
    missed.set(word.gateway, 0);
    hear[word.kind](word as never);
  });
  const gone = (gateway: string): void => {
    missed.delete(gateway);
    log('gateway-lost', `gateway ${gateway.slice(0, 8)} is gone`);
    for (const [socket, host] of hosts) if (host.gateway === gateway) drop(socket, 'its gateway is gone');
  };
  const beat = (): void => {
    send({ kind: 'beat', coordinator });
    for (const [gateway, count] of missed)
      if (count >= mostMissed) gone(gateway);
      else missed.set(gateway, count + 1);
  };
  beat();
  const timer = setInterval(beat, beatMs);
  return { close: () => clearInterval(timer) };
}
