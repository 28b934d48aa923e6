import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { DayFacts } from '../core/events.js';
import { dayLinesFor, feedVersion, type FeedLine, type FeedScope } from '../core/feed.js';
import type { Scenario } from '../core/scenario.js';

/** Read-only news of a run for any language: newline-delimited JSON over a websocket. */
export interface Feed {
  /** Takes a reader that asks for an upgrade of its connection. */
  readonly open: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  readonly publish: (facts: DayFacts) => void;
  readonly end: (status: 'complete' | 'interrupted' | 'failed') => void;
  readonly readers: () => number;
  readonly close: () => void;
}

export interface FeedTerms {
  readonly scenario: Pick<Scenario, 'name' | 'seed' | 'days' | 'assets'>;
  readonly roster: readonly string[];
  /** Whether a token is an overseer's, who may read everything. */
  readonly isOverseer: (token: string) => boolean;
  /** Bytes that a reader may be behind before it is dropped. */
  readonly mostBehind?: number;
  readonly log: (event: string, message: string) => void;
}

const mostReaders = 128;
const codes = { refused: 1008, slow: 4008, crowded: 1013, over: 1000 } as const;
/** How long a reader that is dropped has to read why. */
const lastWordMilliseconds = 5000;

const text = (line: FeedLine): string => `${JSON.stringify(line)}\n`;

/** The token of a reader: in the Authorization header, or in the address for those who cannot set one. */
function tokenOf({ headers, url }: IncomingMessage): string | undefined {
  const [scheme, token] = (headers.authorization ?? '').split(' ');
  if (scheme?.toLowerCase() === 'bearer') return token;
  return new URL(url ?? '/', 'http://localhost').searchParams.get('token') ?? undefined;
}

function drop(socket: WebSocket, code: number, reason: string): void {
  socket.close(code, reason);
  setTimeout(() => socket.terminate(), lastWordMilliseconds).unref();
}

/** Opens a feed. A reader that is too slow is dropped with a reason: it never slows the run. */
export function openFeed(terms: FeedTerms): Feed {
  const { scenario, roster, isOverseer, mostBehind = 2 ** 23, log } = terms;
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024, perMessageDeflate: false });
  const readers = new Map<WebSocket, FeedScope>();
  let lastDay = -1;
  const hello = (scope: FeedScope): FeedLine => ({
    kind: 'hello',
    version: feedVersion,
    scope,
    name: scenario.name,
    seed: scenario.seed,
    days: scenario.days,
    lastDay,
    assets: scenario.assets.map(({ id }) => id),
    institutions: [...roster],
  });
  const welcome = (socket: WebSocket, token: string | undefined): void => {
    socket.on('error', () => socket.terminate());
    if (readers.size >= mostReaders) return drop(socket, codes.crowded, `there are ${mostReaders} readers`);
    if (token !== undefined && !isOverseer(token))
      return drop(socket, codes.refused, 'not an overseer’s token');
    const scope = token === undefined ? 'public' : 'everything';
    readers.set(socket, scope);
    socket.on('close', () => readers.delete(socket));
    socket.on('message', () => dismiss(socket, codes.refused, 'the feed is read-only'));
    socket.send(text(hello(scope)));
  };
  const dismiss = (socket: WebSocket, code: number, reason: string): void => {
    readers.delete(socket);
    log('reader-dropped', `dropped a reader of the feed: ${reason}`);
    drop(socket, code, reason);
  };
  const tell = (lines: Readonly<Record<FeedScope, readonly string[]>>): void => {
    for (const [socket, scope] of readers)
      if (socket.bufferedAmount > mostBehind)
        dismiss(socket, codes.slow, `too slow: ${socket.bufferedAmount} bytes behind`);
      else for (const line of lines[scope]) socket.send(line);
  };
  const linesFor = (scope: FeedScope, facts: DayFacts): string[] =>
    [...readers.values()].includes(scope) ? dayLinesFor(scope, facts).map(text) : [];
  return {
    open: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (opened) => welcome(opened, tokenOf(request))),
    publish: (facts) => {
      tell({ public: linesFor('public', facts), everything: linesFor('everything', facts) });
      lastDay = facts.day;
    },
    end: (status) => {
      const line = text({ kind: 'end', status });
      tell({ public: [line], everything: [line] });
      for (const socket of readers.keys()) drop(socket, codes.over, `the run is ${status}`);
      readers.clear();
    },
    readers: () => readers.size,
    close: () => {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}
