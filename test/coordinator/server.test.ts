import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { expect } from 'chai';
import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import { messageEvent } from '../../core/handshake.js';
import { protocolVersion } from '../../core/protocol.js';
import { encode } from '../../core/protocol/codec.js';
import { refusalLimit } from '../../coordinator/server/limits.js';
import { certificate } from '../certificates.js';
import { factsOf, recordOf, smallScenario } from '../small-run.js';
import { conduct, joining, scenarioHash, serving } from './in-process.js';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Opens a websocket, sends so many frames at once whatever the other side does, and leaves. */
function pelt(url: string, frames: readonly (string | Uint8Array)[]): Promise<void> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const leave = (): void => {
      socket.terminate();
      resolve();
    };
    socket.on('error', () => undefined);
    socket.on('close', leave);
    socket.on('open', () => {
      for (const frame of frames.slice(0, -1)) socket.send(frame);
      socket.send(frames.at(-1)!, () => setTimeout(leave, 5));
    });
  });
}

const handshake = (changed: object = {}): object => ({
  protocol: protocolVersion,
  seats: { institutions: ['bank-01'] },
  holds: { key: '0'.repeat(32), answered: -1, saved: [] },
  ...changed,
});

const decisions = encode({
  type: 'decisions',
  day: 3,
  orders: new Float64Array(9),
  mean: new Float32Array(9),
  stdDev: new Float32Array(9),
  acted: new Uint8Array(3),
  held: [],
});
const withVersion = (version: number): Uint8Array => {
  const bytes = decisions.slice();
  new DataView(bytes.buffer).setUint16(4, version);
  return bytes;
};

/** What an attacker may put on the wire, in turn: noise, halves, giants, other versions, and answers nobody asked for. */
const kinds: readonly ((i: number) => string | Uint8Array)[] = [
  (i) => randomBytes(1 + (i % 64)),
  (i) => decisions.subarray(0, i % decisions.length),
  () => withVersion(9),
  (i) => `42["${messageEvent}",${i},{"_placeholder":true,"num":0}]`,
  (i) => `451-["${messageEvent}",${i},{"_placeholder":true,"num":0}]`,
  () => decisions,
  (i) => `43${i}["late"]`,
  () => '40{"protocol":',
  () => `40${JSON.stringify(handshake({ protocol: 99 }))}`,
  () => `40${JSON.stringify(handshake({ scenario: 'f'.repeat(64) }))}`,
  () => `40${JSON.stringify(handshake())}`,
  () => '0{}',
  (i) => 'x'.repeat(i % 512),
];

describe('coordinator/server', function () {
  this.timeout(120_000);

  it('survives 100,000 hostile messages, and the run is the same bytes', async () => {
    const scenario = smallScenario({ days: 12, roundEvery: 2 });
    const expected = recordOf(scenario, await factsOf(scenario)).chain;
    const coordinator = await serving(scenario);
    const hosts = [1, 2].map((part) => joining(coordinator.url, { part, of: 2 }));
    await coordinator.gathered;
    let sent = 0;
    const volley = async (): Promise<void> => {
      const frames = Array.from({ length: 500 }, (_, i) => kinds[(i + sent) % kinds.length]!(i + sent));
      // Each kind opens a volley once: what comes after a frame that ends the connection is heard by nobody.
      sent += frames.length + 1;
      await pelt(coordinator.url, frames);
    };
    const days = await conduct(scenario, coordinator, async ({ day }) => {
      while (sent < (100_000 * day) / 12) await Promise.all([volley(), volley(), volley(), volley()]);
      await turn();
    });
    expect(sent).to.be.at.least(100_000);
    expect(recordOf(scenario, days).chain).to.equal(expected);
    expect((await Promise.all(hosts)).map(({ kind }) => kind)).to.deep.equal(['over', 'over']);
    await coordinator.close();
  });

  it('drops a stranger’s message by its length, before it is read, where tokens are asked for', async () => {
    const scenario = smallScenario();
    const coordinator = await serving(scenario, {
      tokens: [{ token: 'token-0123456789abcd', institutions: 'everyone' }],
    });
    const big = `40${JSON.stringify(handshake({ scenario: scenarioHash, noise: 'x'.repeat(2 ** 17) }))}`;
    const url = `${coordinator.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const closed = await new Promise<number>((resolve) => {
      const socket = new WebSocket(url);
      socket.on('error', () => undefined);
      socket.on('open', () => socket.send(big));
      socket.on('close', resolve);
    });
    // 1009: too big.
    expect([1009, 1006]).to.include(closed);
    expect(coordinator.heard.filter((line) => line.includes('handshake'))).to.deep.equal([]);
    await coordinator.close();
  });

  it('is not held up in the end by a connection that never says anything, or stops in the middle of its request', async () => {
    const { port, close } = await serving(smallScenario({ days: 3 }));
    const held = ['', 'GET /healthz HTTP/1.1\r\nHost: here\r\n'].map((words) => {
      const socket = connect(port, '127.0.0.1', () => void socket.write(words));
      socket.on('error', () => undefined);
      return new Promise((resolve) => socket.on('close', resolve));
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await close({ over: true });
    await Promise.all(held);
  });

  it('hangs up on a host that speaks without being asked', async () => {
    const coordinator = await serving(smallScenario());
    const socket = io(coordinator.url, { transports: ['websocket'], auth: handshake(), reconnection: false });
    const reason = await new Promise<string>((resolve) => {
      socket.on('connect', () => socket.emit(messageEvent, 1, decisions));
      socket.on('disconnect', resolve);
    });
    expect(reason).to.equal('io server disconnect');
    expect(coordinator.heard.join()).to.contain('spoke without being asked');
    await coordinator.close();
  });

  it('does not hear an address that was refused too often, for a while', () => {
    let now = 0;
    const limit = refusalLimit(() => now);
    for (let i = 0; i < 59; i++) limit.refused('10.0.0.1');
    expect(limit.isBlocked('10.0.0.1')).to.equal(false);
    limit.refused('10.0.0.1');
    expect(limit.isBlocked('10.0.0.1')).to.equal(true);
    expect(limit.isBlocked('10.0.0.2')).to.equal(false);
    now = 2;
    expect(limit.isBlocked('10.0.0.1')).to.equal(false);
  });

  for (const [what, seats, changed, reason] of [
    [
      'another version',
      { part: 1, of: 1 },
      { protocol: 1 },
      /protocol version 1, but this coordinator speaks/,
    ],
    ['a part that does not exist', { part: 3, of: 2 }, {}, /part 3 of 2 does not exist/],
    ['another scenario', { part: 1, of: 1 }, { scenario: 'a'.repeat(64) }, /scenario aaaaaaaa, but this/],
    ['no handshake at all', 7, {}, /cannot be read/],
  ] as const)
    it(`refuses ${what} in one line on both sides`, async () => {
      const coordinator = await serving(smallScenario());
      const auth = handshake({ seats, ...changed });
      const socket = io(coordinator.url, { transports: ['websocket'], auth, reconnection: false });
      const error = await new Promise<Error>((resolve) => socket.on('connect_error', resolve));
      expect(error.message).to.match(reason);
      expect(coordinator.heard.join('\n')).to.match(reason);
      await coordinator.close();
    });

  describe('with certificates on both sides', () => {
    const authority = certificate(['authority'], 30);
    const server = certificate(['localhost', '127.0.0.1'], 30, authority);
    const tls = { cert: server.cert, key: server.key, ca: authority.cert };
    const shown = (names: readonly string[], days: number, by = authority) => {
      const { cert, key } = certificate(names, days, by);
      return { cert, key, ca: authority.cert };
    };
    const banks = ['bank-01', 'bank-02', 'bank-03', 'bank-04'];
    const funds = ['fund-01', 'fund-02', 'fund-03', 'fund-04'];

    it('each host may run the institutions that its certificate names', async () => {
      const scenario = smallScenario({ days: 3 });
      const coordinator = await serving(scenario, { tls });
      const hosts = [banks, funds].map((institutions) =>
        joining(coordinator.url, { institutions }, { tls: shown(institutions, 30) }),
      );
      expect((await conduct(scenario, coordinator)).length).to.equal(4);
      expect((await Promise.all(hosts)).map(({ kind }) => kind)).to.deep.equal(['over', 'over']);
      await coordinator.close();
    });

    for (const [what, given, reason] of [
      ['of another institution', shown(['bank-01'], 30), /the certificate is not for fund-01/],
      ['that has expired', shown(['fund-01'], -1), /the certificate expired on/],
      [
        'of nobody known',
        shown(['fund-01'], 30, certificate(['stranger'], 30)),
        /the certificate is not trusted/,
      ],
      ['at all: none', { ca: authority.cert }, /asks for a certificate/],
    ] as const)
      it(`refuses a certificate ${what}, in one line on both sides`, async () => {
        const coordinator = await serving(smallScenario(), { tls });
        const parting = await joining(coordinator.url, { institutions: ['fund-01'] }, { tls: given });
        expect(parting.kind).to.equal('refused');
        expect((parting as { readonly reason: string }).reason).to.match(reason);
        expect(coordinator.heard.join('\n')).to.match(/^refused 127\.0\.0\.1: .+/m);
        await coordinator.close();
      });

    it('a host does not trust a coordinator whose certificate has expired, or is of nobody known', async () => {
      const old = certificate(['localhost', '127.0.0.1'], -1, authority);
      const strange = certificate(['localhost', '127.0.0.1'], 30, certificate(['stranger'], 30));
      for (const { cert, key } of [old, strange]) {
        const coordinator = await serving(smallScenario(), { tls: { cert, key, ca: undefined } });
        const parting = await joining(coordinator.url, { part: 1, of: 1 }, { tls: { ca: authority.cert } });
        expect(parting.kind).to.equal('refused');
        await coordinator.close();
      }
    });
  });

  it('begins at a deadline with those who are there, where the scenario’s quorum allows', async () => {
    const scenario = smallScenario({ days: 3 });
    const coordinator = await serving(scenario, {
      startSeconds: 1.5,
      bearing: {
        silenceSeconds: 5,
        rejoinSeconds: 1,
        onLoss: 'continue',
        quorum: 0.5,
        savesStates: false,
        log: () => undefined,
      },
    });
    const host = joining(coordinator.url, { part: 1, of: 2 });
    const days = await conduct(scenario, coordinator);
    expect(days[1]!.notices.find(({ kind }) => kind === 'absent')?.columns['institution']).to.deep.equal([
      'fund-01',
      'fund-02',
      'fund-03',
      'fund-04',
    ]);
    expect((await host).kind).to.equal('over');
    await coordinator.close();
  });

  it('says how many were missing where they are too few', async () => {
    const coordinator = await serving(smallScenario(), { startSeconds: 0.05 });
    const error = await coordinator.gathered.then(
      () => undefined,
      (reason: Error) => reason,
    );
    expect(error?.message).to.contain('0 of 8 institutions were there after 0.05 s, and it needs 8');
    await coordinator.close();
  });
});
