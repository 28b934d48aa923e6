import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { largestHandshakeBytes } from '../../core/handshake.js';

type Opened = (socket: WebSocket, request: IncomingMessage) => void;

/** Milliseconds for a goodbye: whoever is frozen or cut off never says it, and must not hold up the end. */
const closeTimeout = 1000;

/** Websockets that carry no more than a handshake, unless whoever opens them is known: a stranger's message is
 * dropped by its length, before it is read. */
export const gatedWebSockets = (isKnown: (request: IncomingMessage) => boolean): typeof WebSocketServer =>
  class extends WebSocketServer {
    private readonly strangers: WebSocketServer;

    constructor(given: ServerOptions) {
      const options = { ...given, closeTimeout };
      super(options);
      this.strangers = new WebSocketServer({ ...options, maxPayload: largestHandshakeBytes });
    }

    override handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, opened: Opened): void {
      if (isKnown(request)) super.handleUpgrade(request, socket, head, opened);
      else this.strangers.handleUpgrade(request, socket, head, opened);
    }
  } as unknown as typeof WebSocketServer;
