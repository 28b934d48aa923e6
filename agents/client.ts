import { io, NodeWebSocket, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { endEvent, goodbyeMs, messageEvent, type Ending, type Handshake } from '../core/handshake.js';
import type { Host } from '../core/protocol.js';
import { Answering } from './answering.js';
import type { Keeper } from './host/keeper.js';

/** How a host's part in a run ended. */
export type Parting =
  | { readonly kind: 'over' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

/** Where to join, and as whom. */
export interface Joining {
  readonly url: string;
  readonly handshake: Omit<Handshake, 'holds'>;
  readonly token: string | undefined;
  /** How long it tries to connect, about once a second, at first and whenever the connection was lost. */
  readonly retrySeconds: number;
  /** Certificates to trust beside the system's, and the host's own, PEM. */
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string };
  /** Keeps the host's states: the coordinator never sees them. */
  readonly keeper: Keeper;
  readonly joined: () => void;
  readonly lost: (reason: string) => void;
}

/** Milliseconds that one attempt to connect may take: the other side may have much to do. */
const patienceMs = 20_000;

/** Errors of connections that no later attempt can mend. */
const hopeless = /CERT|ERR_SSL|ERR_TLS|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO/;

interface ConnectError extends Error {
  readonly data?: { readonly refused?: boolean };
  readonly description?: { readonly message?: string; readonly error?: { readonly code?: string } };
}

/** A websocket that does not wait long for the other side's goodbye. */
class Line extends NodeWebSocket {
  override createSocket(uri: string, protocols: string | string[] | undefined, given: object): unknown {
    return super.createSocket(uri, protocols, { ...given, closeTimeout: goodbyeMs });
  }
}

function options({ token, tls }: Joining): Partial<ManagerOptions & SocketOptions> {
  return {
    transports: [Line],
    forceNew: true,
    timeout: patienceMs,
    reconnectionDelay: 250,
    reconnectionDelayMax: 1000,
    randomizationFactor: 0,
    ...(token === undefined ? {} : { extraHeaders: { authorization: `Bearer ${token}` } }),
    ...tls,
  };
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Why a connection could not be had, and whether to try no more. */
function judged(error: ConnectError): { readonly reason: string; readonly final: boolean } {
  const { description, data } = error;
  const reason = description?.message ?? error.message;
  const code = `${description?.error?.code ?? ''} ${reason}`;
  return { reason, final: data?.refused === true || hopeless.test(code.toUpperCase()) };
}

/** Answers a coordinator's messages with a host until the run is over. */
export function joinRun(host: Host, joining: Joining): Promise<Parting> {
  const answering = new Answering(host, joining.keeper);
  const auth = (give: (handshake: Handshake) => void): void =>
    give({ ...joining.handshake, holds: answering.holds() });
  const socket: Socket = io(joining.url, { ...options(joining), auth: auth as never });
  return new Promise((resolve) => {
    let [last, hasJoined] = ['no answer', false];
    const part = (parting: Parting): void => {
      clearTimeout(deadline);
      resolve(parting);
      socket.disconnect();
    };
    const giveUp = (): void => {
      const reason = hasJoined ? `not reached again within ${joining.retrySeconds} s (${last})` : last;
      part({ kind: hasJoined ? 'lost' : 'unreachable', reason });
    };
    // However an attempt fails, at once or by hearing nothing, there is so much time for all of them.
    const allow = () => setTimeout(giveUp, 1000 * joining.retrySeconds);
    let deadline = allow();
    socket.on('connect', () => {
      clearTimeout(deadline);
      hasJoined = true;
      joining.joined();
    });
    socket.on('connect_error', (error: ConnectError) => {
      const { reason, final } = judged(error);
      if (final) return part({ kind: 'refused', reason });
      last = reason;
      // It was reached, but could not say: a gateway that waits for its coordinator.
      if (!socket.active) setTimeout(() => socket.connect(), 1000);
    });
    socket.on('disconnect', (reason) => {
      if (reason === 'io client disconnect') return;
      clearTimeout(deadline);
      [deadline, last] = [allow(), reason];
      joining.lost(reason);
      // Whoever was sent away must come back by itself.
      if (reason === 'io server disconnect') setTimeout(() => socket.connect(), 1000);
    });
    socket.on(endEvent, (ending: Ending) =>
      part(ending.over ? { kind: 'over' } : { kind: 'lost', reason: String(ending.reason).slice(0, 1000) }),
    );
    let queue: Promise<void> = Promise.resolve();
    socket.on(messageEvent, (number: number, bytes: Uint8Array, answer: (reply: Uint8Array) => void) => {
      queue = queue.then(async () => {
        try {
          answer(await answering.answer(number, new Uint8Array(bytes)));
          if (answering.isOver) part({ kind: 'over' });
        } catch (error) {
          part({ kind: 'lost', reason: reasonOf(error) });
        }
      });
    });
  });
}
