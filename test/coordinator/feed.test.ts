import { expect } from 'chai';
import { WebSocket, type ClientOptions } from 'ws';
import { openFeed } from '../../coordinator/feed.js';
import { feedLineSchema, type FeedLine } from '../../core/feed.js';
import { createStage } from '../../market/stage.js';
import { factsOf, smallScenario } from '../small-run.js';
import { serving } from './in-process.js';

interface Reader {
  readonly lines: FeedLine[];
  readonly socket: WebSocket;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Reads a feed until it closes. */
function read(url: string, path = '/feed', options: ClientOptions = {}): Promise<Reader> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, options);
  const lines: FeedLine[] = [];
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
  );
  socket.on('error', () => undefined);
  return new Promise((resolve) => {
    void closed.then(() => resolve({ lines, socket, closed }));
    socket.on('message', (bytes: Buffer) => {
      for (const line of bytes.toString().trim().split('\n'))
        lines.push(feedLineSchema.parse(JSON.parse(line)));
      resolve({ lines, socket, closed });
    });
  });
}

describe('coordinator/feed', function () {
  this.timeout(60_000);
  const scenario = smallScenario({ days: 8, roundEvery: 2 });

  it('tells the public the tape and aggregates, and an overseer everything, by its schema', async () => {
    const { url, feed, close } = await serving(scenario);
    const [open, overseer] = await Promise.all([
      read(url),
      read(url, '/feed', { headers: { authorization: 'Bearer overseer-0123456789' } }),
    ]);
    const days = await factsOf(scenario);
    for (const facts of days) feed.publish(facts);
    feed.end('complete');
    expect((await open.closed).code).to.equal(1000);
    await overseer.closed;
    const tables = ({ lines }: Reader): Set<string> =>
      new Set(lines.flatMap((line) => (line.kind === 'table' ? [line.table] : [])));
    expect([...tables(open)].sort()).to.deep.equal(['assets', 'days']);
    expect([...tables(overseer)]).to.include.members(['institutions', 'positions', 'forecasts', 'rounds']);
    const hidden = ['fundamental', 'diffusion', 'regime', 'fundamentalReturn', 'netUnits', 'leverageRatio'];
    for (const line of open.lines)
      if (line.kind === 'table') expect(line.columns).not.to.have.any.keys(...hidden);
    for (const { lines } of [open, overseer]) {
      expect(lines[0]).to.include({ kind: 'hello', lastDay: -1 });
      expect(lines.flatMap((l) => (l.kind === 'day' ? [l.day] : []))).to.deep.equal([
        0, 1, 2, 3, 4, 5, 6, 7, 8,
      ]);
      expect(lines.at(-1)).to.deep.equal({ kind: 'end', status: 'complete' });
    }
    const prices = open.lines.find((l) => l.kind === 'table' && l.table === 'assets' && l.day === 3);
    expect((prices as { columns: Record<string, unknown> }).columns['price']).to.deep.equal(
      Array.from(days[3]!.tables.assets!['price'] as Float64Array),
    );
    await close();
  });

  it('refuses a token that is no overseer’s, and a reader that writes', async () => {
    const { url, heard, close } = await serving(scenario);
    const wrong = await read(url, '/feed?token=not-an-overseer-0123');
    expect(await wrong.closed).to.deep.equal({ code: 1008, reason: 'not an overseer’s token' });
    const writer = await read(url);
    writer.socket.send('hello');
    expect(await writer.closed).to.deep.equal({ code: 1008, reason: 'the feed is read-only' });
    expect(heard.join()).not.to.contain('not-an-overseer-0123');
    await close();
  });

  it('drops a reader that is too slow, with a reason, and never waits for it', async () => {
    const roster = createStage(scenario).institutions.map(({ id }) => id);
    const heard: string[] = [];
    const feed = openFeed({
      scenario,
      roster,
      isOverseer: () => true,
      mostBehind: 2 ** 20,
      log: (_event, message) => void heard.push(message),
    });
    const { url, close } = await serving(scenario, { feed });
    const slow = await read(url, '/feed?token=any');
    const fast = await read(url);
    slow.socket.pause();
    const day = (await factsOf(scenario))[6]!;
    let published = 0;
    while (feed.readers() === 2 && published < 20_000) {
      feed.publish(day);
      if (++published % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(feed.readers()).to.equal(1);
    expect(heard.join()).to.match(/dropped a reader of the feed: too slow: \d+ bytes behind/);
    slow.socket.resume();
    expect((await slow.closed).code).to.be.oneOf([4008, 1006]);
    feed.end('complete');
    expect((await fast.closed).code).to.equal(1000);
    await close();
  });
});
