import { createServer as createHttp, type Server as HttpServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { Server, type Socket } from 'socket.io';
import { largestMessageBytes, silenceMilliseconds } from '../core/handshake.js';
import { admit, type Admission } from './admission.js';
import type { Hosts } from './learning.js';
import { socketsTransport } from './transport/sockets.js';

/** Where a coordinator listens, and for whom. */
export interface Listening extends Admission {
  readonly host: string;
  readonly port: number;
  /** Certificate and key, PEM. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** With pooled learning the first host trains on everyone's data. */
  readonly pooled: boolean;
  /** Who came, left, or was refused; never a secret. */
  readonly log: (line: string) => void;
}

export interface Coordinator {
  readonly port: number;
  /** All institutions, as soon as every one has joined. */
  readonly gathered: Promise<Hosts>;
  readonly close: () => Promise<void>;
}

interface Guest {
  readonly socket: Socket;
  readonly seats: readonly number[];
}

/** Listens; a port in use is an error. */
const listen = (http: HttpServer, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => resolve());
  });

/** Hosts in the order of their first institution: no result depends on who came first. */
function seated(guests: ReadonlySet<Guest>, { roster, pooled }: Listening): Hosts {
  const order = [...guests].sort((a, b) => a.seats[0]! - b.seats[0]!);
  const plans = order.map(({ seats }, h) => {
    const own = new Set(seats);
    const shadows = pooled && h === 0 ? roster.map((_, i) => i).filter((i) => !own.has(i)) : [];
    return { own: seats, shadows };
  });
  const name = ({ seats }: Guest): string =>
    seats.length === 1
      ? `the host of ${roster[seats[0]!]!}`
      : `the host of ${roster[seats[0]!]!} and ${seats.length - 1} more`;
  const remote = order.map((guest) => ({ socket: guest.socket, name: name(guest) }));
  return { transport: socketsTransport(remote), plans };
}

/** Lets hosts in until every institution has one. */
function gather(io: Server, listening: Listening): Promise<Hosts> {
  const guests = new Set<Guest>();
  const taken = new Set<number>();
  const { roster, log } = listening;
  io.use((socket, next) => {
    try {
      socket.data = { seats: admit(listening, taken, socket.handshake.auth) };
      next();
    } catch (error) {
      const refused = error instanceof Error ? error : new Error(String(error));
      log(`refused ${socket.handshake.address}: ${refused.message}`);
      next(Object.assign(refused, { data: { refused: true } }));
    }
  });
  return new Promise((resolve) => {
    io.on('connection', (socket) => {
      const guest: Guest = { socket, seats: (socket.data as Guest).seats };
      // Two hosts that claim one institution at the same time both get this far: the first has it.
      if (guest.seats.some((seat) => taken.has(seat))) return void socket.disconnect(true);
      guests.add(guest);
      for (const seat of guest.seats) taken.add(seat);
      log(
        `${guest.seats.length} institutions joined from ${socket.handshake.address}: ${taken.size} of ${roster.length}`,
      );
      // Hosts answer; they never speak first.
      socket.onAny(() => socket.disconnect(true));
      socket.on('disconnect', () => {
        // Once all are there, the transport hears of those who leave.
        if (taken.size === roster.length) return;
        guests.delete(guest);
        for (const seat of guest.seats) taken.delete(seat);
      });
      if (taken.size === roster.length) resolve(seated(guests, listening));
    });
  });
}

/** Opens a coordinator's door. */
export async function openCoordinator(listening: Listening): Promise<Coordinator> {
  const { tls, port, host } = listening;
  const http = tls ? createHttps({ ...tls }) : createHttp();
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: largestMessageBytes,
    pingTimeout: silenceMilliseconds,
    perMessageDeflate: false,
  });
  const gathered = gather(io, listening);
  await listen(http, port, host);
  const address = http.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    gathered,
    close: () => io.close(),
  };
}
