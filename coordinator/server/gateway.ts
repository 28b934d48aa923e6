import { randomUUID } from 'node:crypto';
import { Server, type Socket } from 'socket.io';
import { largestMessageBytes } from '../../core/handshake.js';
import { grantOf, Refused, type TokenGrant } from '../admission.js';
import { gatedWebSockets } from './gated-websockets.js';
import { hangUp, isTrusted, listen, namesOf, openHttp, type Opening } from './http.js';
import type { RefusalLimit } from './limits.js';
import { bearerOf } from './pages.js';
import { beatMs, down, mostMissed, refusal, up, type Adapter, type Down, type Up } from './relay.js';

/** Where a gateway listens, for whom, and how it reaches its coordinator. */
export interface GatewayTerms extends Omit<Opening, 'feed'> {
  readonly adapter: Adapter;
  readonly tokens: readonly TokenGrant[] | undefined;
  readonly limit: RefusalLimit;
  /** How many connections it takes at a time. */
  readonly most: number;
}

export interface Gateway {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** What a gateway knows at a moment. */
export interface GatewayState {
  connected: number;
  hasCoordinator: boolean;
}

/** Milliseconds in which a coordinator says whether a host may enter. */
const patienceMs = 10_000;

/** Checks at the gateway itself; the coordinator checks again, with the scenario in hand.
 * @throws {Refused} */
function checkToken(tokens: readonly TokenGrant[] | undefined, token: string | undefined): void {
  if (!tokens) return;
  if (token === undefined) throw new Refused('this gateway asks for a token');
  if (!grantOf(tokens, token)) throw new Refused('the token is not one of this gateway');
}

/** Hosts' sockets here, and the one coordinator elsewhere: what one says the other hears. */
class Switchboard {
  private readonly id = randomUUID();
  private readonly verdicts = new Map<string, (refusal: string | null) => void>();
  private readonly sockets = new Map<string, Socket>();
  private coordinator: string | undefined;
  private missed = 0;

  constructor(
    private readonly io: Server,
    private readonly terms: GatewayTerms,
    private readonly state: GatewayState,
  ) {
    io.on(down, (word: Down) => this.hear[word.kind](word as never));
    io.use((socket, next) => void this.ask(socket).then(() => next(), next));
    io.on('connection', (socket) => this.enter(socket));
  }

  beat(): void {
    this.say({ kind: 'beat' });
    if (this.coordinator !== undefined && ++this.missed > mostMissed) this.serve(undefined);
  }

  private say(word: Omit<Extract<Up, { kind: 'beat' }>, 'gateway'> | WithoutGateway): void {
    this.io.serverSideEmit(up, { ...word, gateway: this.id });
  }

  /** Another coordinator knows none of the hosts that are here: they come again. */
  private serve(coordinator: string | undefined): void {
    this.missed = 0;
    if (coordinator === this.coordinator) return;
    this.coordinator = coordinator;
    this.state.hasCoordinator = coordinator !== undefined;
    this.terms.log(
      coordinator === undefined ? 'coordinator-lost' : 'coordinator',
      coordinator === undefined ? 'the coordinator is gone' : 'a coordinator is there',
    );
    for (const socket of this.sockets.values()) socket.disconnect(true);
  }

  private readonly hear = {
    beat: ({ coordinator }: Extract<Down, { kind: 'beat' }>) => this.serve(coordinator),
    verdict: (word: Extract<Down, { kind: 'verdict' }>) => this.verdicts.get(word.socket)?.(word.refusal),
    say: ({ socket, event, words, ask }: Extract<Down, { kind: 'say' }>) => {
      const host = this.sockets.get(socket);
      if (ask === null) return void host?.emit(event, ...words);
      host?.emit(event, ...words, (answer: unknown) => this.say({ kind: 'answer', socket, ask, answer }));
    },
    hang: ({ socket }: Extract<Down, { kind: 'hang' }>) => void this.sockets.get(socket)?.disconnect(true),
  };

  /** Lets a socket in, or throws what it is told. */
  private async ask(socket: Socket): Promise<void> {
    const { address, auth } = socket.handshake;
    const { tokens, tls, limit, log } = this.terms;
    try {
      const token = bearerOf(socket.request);
      checkToken(tokens, token);
      const names = namesOf(socket.request, tls);
      const reason = await this.verdict(socket.id, { auth, token, names, address });
      if (reason !== null) throw new Refused(reason);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      limit.refused(address);
      log('refused', `refused ${address}: ${error.message}`);
      throw refusal(error.message);
    }
  }

  private verdict(
    socket: string,
    visitor: Extract<Up, { kind: 'knock' }>['visitor'],
  ): Promise<string | null> {
    if (this.coordinator === undefined) throw new Error('no coordinator is behind this gateway');
    return new Promise((resolve, reject) => {
      const late = (): void => {
        this.verdicts.delete(socket);
        reject(new Error('the coordinator behind this gateway does not answer'));
      };
      const timer = setTimeout(late, patienceMs);
      this.verdicts.set(socket, (reason) => {
        clearTimeout(timer);
        this.verdicts.delete(socket);
        resolve(reason);
      });
      this.say({ kind: 'knock', socket, visitor });
    });
  }

  private enter(socket: Socket): void {
    this.sockets.set(socket.id, socket);
    this.state.connected = this.sockets.size;
    // Hosts answer; they never speak first.
    socket.onAny(() => {
      this.terms.log('refused', `hung up on ${socket.handshake.address}: it spoke without being asked`);
      socket.disconnect(true);
    });
    socket.on('disconnect', (reason) => {
      this.sockets.delete(socket.id);
      this.state.connected = this.sockets.size;
      this.say({ kind: 'left', socket: socket.id, reason });
    });
    this.say({ kind: 'entered', socket: socket.id });
  }
}

type WithoutGateway = Up extends infer U ? (U extends Up ? Omit<U, 'gateway'> : never) : never;

/** Opens a socket server that lets hosts in for a coordinator elsewhere, and keeps `state` up to date. */
export async function openGateway(terms: GatewayTerms, state: GatewayState): Promise<Gateway> {
  const http = openHttp({ ...terms, feed: undefined });
  http.maxConnections = terms.most;
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: largestMessageBytes,
    perMessageDeflate: false,
    wsEngine: gatedWebSockets((request) => {
      const token = bearerOf(request);
      if (!isTrusted(request, terms.tls)) return false;
      return !terms.tokens || (token !== undefined && grantOf(terms.tokens, token) !== undefined);
    }),
    allowRequest: (request, allow) => {
      const blocked = terms.limit.isBlocked(request.socket.remoteAddress ?? '');
      allow(blocked ? 'too many refused attempts: wait a minute' : null, !blocked);
    },
    adapter: terms.adapter,
  });
  const board = new Switchboard(io, terms, state);
  const port = await listen(http, terms.port, terms.host);
  board.beat();
  const timer = setInterval(() => board.beat(), beatMs);
  return {
    port,
    close: async () => {
      clearInterval(timer);
      await hangUp(io, http);
    },
  };
}
