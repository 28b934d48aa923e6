import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { Server } from 'socket.io';
import { largestMessageBytes, type Ending } from '../core/handshake.js';
import { grantOf, type Admitted } from './admission.js';
import { openDoor, type Door, type DoorTerms } from './door.js';
import type { Feed } from './feed.js';
import type { Hosts } from './learning.js';
import { gatedWebSockets } from './server/gated-websockets.js';
import type { RefusalLimit } from './server/limits.js';
import { hangUp, isTrusted, listen, namesOf, openHttp, type Opening } from './server/http.js';
import { bearerOf } from './server/pages.js';
import { refusal, relayed, type Adapter } from './server/relay.js';

/** Where a coordinator listens, and for whom. */
export interface Listening extends Opening, DoorTerms {
  readonly limit: RefusalLimit;
  readonly feed: Feed;
  /** By which gateways elsewhere reach it. */
  readonly adapter?: Adapter | undefined;
}

export interface Coordinator {
  readonly port: number;
  /** All institutions, as soon as every one has joined, or at the deadline. */
  readonly gathered: Promise<Hosts>;
  readonly present: () => number;
  /** Hangs up; says how the run ended, if it did. */
  readonly close: (ending?: Ending) => Promise<void>;
}

const isKnown =
  ({ tokens, tls }: Listening) =>
  (request: IncomingMessage): boolean => {
    const token = bearerOf(request);
    if (!isTrusted(request, tls)) return false;
    return !tokens || (token !== undefined && grantOf(tokens, token) !== undefined);
  };

/** Connections beyond these are not taken: hosts, readers of the feed, and those who try. */
const spareConnections = 256;

/** Lets a host in, or says why not, on both sides. */
function decideOn(admit: () => Admitted, address: string, { log, limit }: Listening): Admitted | Error {
  try {
    return admit();
  } catch (error) {
    const refused = error instanceof Error ? error : new Error(String(error));
    limit.refused(address);
    log('refused', `refused ${address}: ${refused.message}`);
    return refusal(refused.message);
  }
}

function openSockets(http: HttpServer, door: Door, listening: Listening): Server {
  const { limit, bearing } = listening;
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: largestMessageBytes,
    // A host, too, must find out in time that the network has forgotten its connection.
    pingInterval: Math.min(25_000, 1000 * bearing.silenceSeconds),
    pingTimeout: 1000 * bearing.silenceSeconds,
    perMessageDeflate: false,
    wsEngine: gatedWebSockets(isKnown(listening)),
    allowRequest: (request, allow) => {
      const blocked = limit.isBlocked(request.socket.remoteAddress ?? '');
      allow(blocked ? 'too many refused attempts: wait a minute' : null, !blocked);
    },
  });
  io.use((socket, next) => {
    const { request, handshake } = socket;
    const admit = (): Admitted =>
      door.admit(handshake.auth, bearerOf(request), namesOf(request, listening.tls));
    const decided = decideOn(admit, handshake.address, listening);
    if (decided instanceof Error) return next(decided);
    socket.data = decided;
    next();
  });
  io.on('connection', (socket) => {
    // Hosts answer; they never speak first.
    socket.onAny(() => {
      listening.log('refused', `hung up on ${socket.handshake.address}: it spoke without being asked`);
      socket.disconnect(true);
    });
    door.enter({ ...(socket.data as Admitted), connection: socket, address: socket.handshake.address });
  });
  return io;
}

/** Opens a coordinator's door. */
export async function openCoordinator(listening: Listening): Promise<Coordinator> {
  const http = openHttp(listening);
  http.maxConnections = listening.roster.length + spareConnections;
  const door = openDoor(listening);
  const io = openSockets(http, door, listening);
  const relay = listening.adapter
    ? relayed(io.adapter(listening.adapter), {
        door,
        log: listening.log,
        decide: ({ auth, token, names, address }) =>
          decideOn(() => door.admit(auth, token ?? undefined, names ?? undefined), address, listening),
      })
    : undefined;
  const port = await listen(http, listening.port, listening.host).catch((error: unknown) => {
    door.close();
    relay?.close();
    throw error;
  });
  return {
    port,
    gathered: door.gathered,
    present: door.present,
    close: async (ending) => {
      door.close(ending);
      relay?.close();
      listening.feed.close();
      await hangUp(io, http);
    },
  };
}
