import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import { GatheringWebSocket } from '../../../coordinator/server/gathering-websocket.js';

/** Both ends of a websocket, and what lies below the one that gathers. */
async function pair() {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', WebSocket: GatheringWebSocket });
  await once(server, 'listening');
  const other = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [near, { socket: wire }] = (await once(server, 'connection')) as [
    GatheringWebSocket,
    { readonly socket: Duplex },
  ];
  near.over(wire);
  if (other.readyState !== WebSocket.OPEN) await once(other, 'open');
  return { near, other, wire, close: () => (other.terminate(), server.close()) };
}

describe('coordinator/server/gathering-websocket', () => {
  it('writes what it is given in one go in one piece, in order', async () => {
    const { near, other, wire, close } = await pair();
    const pieces: number[] = [];
    const write = wire._writev!.bind(wire);
    wire._writev = (chunks, done) => {
      pieces.push(chunks.length);
      write(chunks, done);
    };
    const heard: string[] = [];
    other.on('message', (data: Buffer) => heard.push(data.toString()));
    let sent = 0;
    for (const word of ['one', 'two', 'three']) near.send(word, () => sent++);
    assert.equal(sent, 3);
    while (heard.length < 3) await once(other, 'message');
    assert.deepEqual(heard, ['one', 'two', 'three']);
    assert.deepEqual(pieces, [6]);
    close();
  });

  it('sends what it was given before it hangs up', async () => {
    const { near, other, close } = await pair();
    const heard: string[] = [];
    other.on('message', (data: Buffer) => heard.push(data.toString()));
    near.send('farewell');
    near.close();
    await once(other, 'close');
    assert.deepEqual(heard, ['farewell']);
    close();
  });

  it('says that what it accepted could not be sent', async () => {
    const { near, other, close } = await pair();
    other.terminate();
    await once(near, 'close');
    const said = await new Promise<Error>((resolve) => near.send('late', (error) => error && resolve(error)));
    assert.match(said.message, /not open/);
    close();
  });
});
