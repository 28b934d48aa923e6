import { createServer as createHttp, type IncomingMessage, type Server as HttpServer } from 'node:http';
import { createServer as createHttps } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { goodbyeMs } from '../../core/handshake.js';
import { Refused } from '../admission.js';
import type { Feed } from '../feed.js';
import { answerPages, type Pages } from './pages.js';

/** Where a server listens, and what it shows beside its sockets. */
export interface Opening {
  readonly host: string;
  readonly port: number;
  /** Certificate and key, and whose certificates are asked for, PEM. */
  readonly tls: Tls | undefined;
  readonly pages: Pages;
  /** Undefined: there is none here. */
  readonly feed: Feed | undefined;
  /** Who came, left, or was refused; never a secret. */
  readonly log: (event: string, message: string) => void;
}

export interface Tls {
  readonly cert: string;
  readonly key: string;
  /** Hosts show a certificate that one of these has signed. */
  readonly ca: string | undefined;
}

/** Whether the other side showed a certificate that is trusted, where one is asked for. */
export const isTrusted = ({ socket }: IncomingMessage, tls: Tls | undefined): boolean =>
  tls?.ca === undefined || (socket as TLSSocket).authorized;

/** Closes a socket server and all that is connected to it. Whoever holds a connection and says nothing, as when the network
 * in between is cut before a first request, does not hold up the end. */
export async function hangUp(io: { readonly close: () => Promise<void> }, http: HttpServer): Promise<void> {
  const timer = setTimeout(() => http.closeAllConnections(), goodbyeMs);
  await io.close();
  clearTimeout(timer);
}

/** Names in the certificate that the other side showed; undefined where none is asked for.
 *
 * @throws {Refused} where it showed none, or one that is not trusted
 */
export function namesOf(request: IncomingMessage, tls: Tls | undefined): string[] | undefined {
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

/** Listens; a port in use is an error. */
export const listen = (http: HttpServer, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/** A web server with its pages and its feed; sockets are opened on it. */
export function openHttp({ tls, pages, feed, log }: Opening): HttpServer {
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
    if (feed && isTrusted(request, tls)) feed.open(request, socket, head);
    else socket.destroy();
  });
  return http;
}
