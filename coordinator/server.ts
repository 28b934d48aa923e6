import { createServer as createHttp, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { Server, type Socket } from 'socket.io';
import { largestMessageBytes, type Ending } from '../core/handshake.js';
import { grantOf, Refused, type Admitted } from './admission.js';
import { openDoor, type Door, type DoorTerms } from './door.js';
import type { Feed } from './feed.js';
import type { Hosts } from './learning.js';
import { gatedWebSockets } from './server/gated-websockets.js';
import type { RefusalLimit } from './server/limits.js';
import { answerPages, bearerOf, type Pages } from './server/pages.js';

/** Where a server listens, and what it shows beside its sockets. */
export interface Opening {
  readonly host: string;
  readonly port: number;
  /** Certificate and key, and whose certificates are asked for, PEM. */
  readonly tls: Tls | undefined;
  readonly pages: Pages;
  readonly feed: Feed;
  /** Who came, left, or was refused; never a secret. */
  readonly log: (event: string, message: string) => void;
}

export interface Tls {
  readonly cert: string;
  readonly key: string;
  /** Hosts show a certificate that one of these has signed. */
  readonly ca: string | undefined;
}

/** Where a coordinator listens, and for whom. */
export interface Listening extends Opening, DoorTerms {
  readonly limit: RefusalLimit;
}

export interface Coordinator {
  readonly port: number;
  /** All institutions, as soon as every one has joined, or at the deadline. */
  readonly gathered: Promise<Hosts>;
  readonly present: () => number;
  /** Hangs up; says how the run ended, if it did. */
  readonly close: (ending?: Ending) => Promise<void>;
}

/** Whether the other side showed a certificate that is trusted, where one is asked for. */
const isTrusted = ({ socket }: IncomingMessage, tls: Tls | undefined): boolean =>
  tls?.ca === undefined || (socket as TLSSocket).authorized;

/** Names in the certificate that the other side showed; undefined where none is asked for.
 *
 * @throws {Refused} where it showed none, or one that is not trusted
 */
function namesOf(request: IncomingMessage, tls: Tls | undefined): string[] | undefined {
  if (tls?.ca === undefined) return undefined;
  const socket = request.socket as TLSSocket;
  const [certificate, error] = [socket.getPeerCertificate(), String(socket.authorizationError)];
  if (certificate.raw === undefined) throw new Refused('this coordinator asks for a certificate');
  if (error === 'CERT_HAS_EXPIRED') throw new Refused(`the certificate expired on ${certificate.valid_to}`);
  if (!socket.authorized) throw new Refused(`the certificate is not trusted (${error})`);
  const others = (certificate.subjectaltname ?? '').split(', ').filter((name) => name.startsWith('DNS:'));
  const common = certificate.subject?.CN as string | readonly string[] | undefined;
  return [...[common ?? []].flat(), ...others.map((name) => name.slice(4))];
}

const isKnown =
  ({ tokens, tls }: Listening) =>
  (request: IncomingMessage): boolean => {
    const token = bearerOf(request);
    if (!isTrusted(request, tls)) return false;
    return !tokens || (token !== undefined && grantOf(tokens, token) !== undefined);
  };

/** Listens; a port in use is an error. */
const listen = (http: HttpServer, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/** Connections beyond these are not taken: hosts, readers of the feed, and those who try. */
const spareConnections = 256;

function openHttp({ tls, pages, feed, log }: Opening): HttpServer {
  const answer = answerPages(pages);
  const http = tls
    ? createHttps(
        // Who shows no good certificate is let through as far as the door, which can say why it stays shut.
        {
          cert: tls.cert,
          key: tls.key,
          ...(tls.ca === undefined ? {} : { ca: tls.ca, requestCert: true, rejectUnauthorized: false }),
        },
        answer,
      )
    : createHttp(answer);
  http.headersTimeout = 10_000;
  http.on('tlsClientError', (error: Error, socket) => {
    log('refused', `refused ${(socket as TLSSocket).remoteAddress ?? 'a connection'}: ${error.message}`);
  });
  http.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] !== '/feed') return;
    if (isTrusted(request, tls)) feed.open(request, socket, head);
    else socket.destroy();
  });
  return http;
}

/** Lets a host in, or says why not, on both sides. */
function decideOn(socket: Socket, door: Door, { tls, log, limit }: Listening): Admitted | Error {
  const { address, auth } = socket.handshake;
  try {
    return door.admit(auth, bearerOf(socket.request), namesOf(socket.request, tls));
  } catch (error) {
    const refused = error instanceof Error ? error : new Error(String(error));
    limit.refused(address);
    log('refused', `refused ${address}: ${refused.message}`);
    return Object.assign(refused, { data: { refused: true } });
  }
}

function openSockets(http: HttpServer, door: Door, listening: Listening): Server {
  const { limit, bearing } = listening;
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    destroyUpgrade: false,
    maxHttpBufferSize: largestMessageBytes,
    pingTimeout: 1000 * bearing.silenceSeconds,
    perMessageDeflate: false,
    wsEngine: gatedWebSockets(isKnown(listening)),
    allowRequest: (request, allow) => {
      const blocked = limit.isBlocked(request.socket.remoteAddress ?? '');
      allow(blocked ? 'too many refused attempts: wait a minute' : null, !blocked);
    },
  });
  io.use((socket, next) => {
    const decided = decideOn(socket, door, listening);
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
  const port = await listen(http, listening.port, listening.host).catch((error: unknown) => {
    door.close();
    throw error;
  });
  return {
    port,
    gathered: door.gathered,
    present: door.present,
    close: async (ending) => {
      door.close(ending);
      listening.feed.close();
      await io.close();
    },
  };
}
