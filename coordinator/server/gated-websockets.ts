import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { goodbyeMs, largestHandshakeBytes } from '../../core/handshake.js';
import { GatheringWebSocket } from './gathering-websocket.js';

type Opened = (socket: WebSocket, request: IncomingMessage) => void;

/** Websockets that carry no more than a handshake, unless whoever opens them is known: a stranger's message is
 * dropped by its length, before it is read. */
export const gatedWebSockets = (isKnown: (request: IncomingMessage) => boolean): typeof WebSocketServer =>
  class extends WebSocketServer {
    private readonly strangers: WebSocketServer;

    constructor(given: ServerOptions) {
      const options = { ...given, closeTimeout: goodbyeMs, WebSocket: GatheringWebSocket };
      super(options);
      this.strangers = new WebSocketServer({ ...options, maxPayload: largestHandshakeBytes });
    }

    override handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, opened: Opened): void {
      const gathering: Opened = (open, asked) => {
        (open as GatheringWebSocket).over(socket);
        opened(open, asked);
      };
      if (isKnown(request)) super.handleUpgrade(request, socket, head, gathering);
      else this.strangers.handleUpgrade(request, socket, head, gathering);
    }
  } as unknown as typeof WebSocketServer;
