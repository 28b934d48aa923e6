import type { IncomingMessage, ServerResponse } from 'node:http';

/** What somebody asks for over plain HTTP. */
export interface Asked {
  /** The bearer's token in the header. */
  readonly token: string | undefined;
  readonly body: string;
}

export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What a server answers over plain HTTP, by method and path: `GET /healthz`. */
export type Pages = Readonly<Record<string, (asked: Asked) => Page | Promise<Page>>>;

/** A body is dropped beyond this, before it is read as anything. */
const mostBytes = 2 ** 16;

export const jsonPage = (status: number, value: unknown): Page => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(value)}\n`,
});

/** The token in a request's header. */
export function bearerOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const [scheme, token] = (headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' ? token : undefined;
}

/** What was sent with a request; undefined where it is too long. */
async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > mostBytes) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function pageFor(pages: Pages, request: IncomingMessage): Promise<Page> {
  const path = (request.url ?? '').split('?')[0]!;
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  const page = pages[`${method} ${path}`];
  if (!page) {
    const elsewhere = Object.keys(pages).some((key) => key.endsWith(` ${path}`));
    return jsonPage(elsewhere ? 405 : 404, { error: elsewhere ? 'another method' : 'not found' });
  }
  const body = await bodyOf(request);
  if (body === undefined) return jsonPage(413, { error: `more than ${mostBytes} bytes` });
  return page({ token: bearerOf(request), body });
}

/** Answers requests for pages; whoever asks for anything else is told so. */
export const answerPages =
  (pages: Pages) =>
  (request: IncomingMessage, response: ServerResponse): void => {
    void pageFor(pages, request)
      .catch(() => jsonPage(500, { error: 'unavailable' }))
      .then(({ status, type, body }) => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
        response.end(request.method === 'HEAD' ? '' : body);
      });
  };
