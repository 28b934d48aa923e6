import { io } from 'socket.io-client';
import { messageEvent, type Handshake } from '../core/handshake.js';
import type { Host, Message } from '../core/protocol.js';
import { decode, encode } from '../core/protocol/codec.js';

/** How a host's part in a run ended. */
export type Parting =
  | { readonly kind: 'over' }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unreachable'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

/** Where to join, and as whom. */
export interface Joining {
  readonly url: string;
  readonly handshake: Handshake;
  /** Attempts to connect, a second apart. */
  readonly attempts: number;
  /** Certificates to trust beside the system's, PEM. */
  readonly ca: string | undefined;
  readonly joined: () => void;
}

/** A coordinator elsewhere may not ask for what institutions keep to themselves. */
const privateTypes: ReadonlySet<Message['type']> = new Set(['save', 'load']);

/** Answers a coordinator's messages with a host until the run is over. */
export function joinRun(host: Host, { url, handshake, attempts, ca, joined }: Joining): Promise<Parting> {
  const socket = io(url, {
    auth: handshake,
    transports: ['websocket'],
    reconnectionAttempts: attempts,
    reconnectionDelay: 1000,
    reconnectionDelayMax: 1000,
    randomizationFactor: 0,
    ...(ca === undefined ? {} : { ca }),
  });
  return new Promise((resolve) => {
    let over = false;
    let failure: string | undefined;
    let last = 'no answer';
    const part = (parting: Parting): void => {
      resolve(parting);
      socket.disconnect();
    };
    socket.on('connect', joined);
    socket.on('connect_error', (error: Error & { data?: { refused?: boolean } }) => {
      if (error.data?.refused) return part({ kind: 'refused', reason: error.message });
      const { description } = error as { description?: { message?: string } };
      last = description?.message ?? error.message;
    });
    socket.io.on('reconnect_failed', () => part({ kind: 'unreachable', reason: last }));
    socket.on('disconnect', (reason) =>
      part(over ? { kind: 'over' } : { kind: 'lost', reason: failure ?? reason }),
    );
    socket.on(messageEvent, (bytes: Uint8Array, answer: (reply: Uint8Array) => void) => {
      void (async () => {
        try {
          const message = decode(new Uint8Array(bytes)) as Message;
          if (privateTypes.has(message.type)) throw new Error(`the coordinator asked to ${message.type}`);
          answer(encode(await host.handle(message)));
          over = message.type === 'farewell';
        } catch (error) {
          failure = error instanceof Error ? error.message : String(error);
          socket.disconnect();
        }
      })();
    });
  });
}
