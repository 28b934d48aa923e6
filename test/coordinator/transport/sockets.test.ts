import { expect } from 'chai';
import fc from 'fast-check';
import { createHost } from '../../../agents/host.js';
import { simulate } from '../../../coordinator/simulate.js';
import { HostLost } from '../../../coordinator/transport/host-lost.js';
import { planHosts } from '../../../coordinator/transport/plan.js';
import { socketsTransport } from '../../../coordinator/transport/sockets.js';
import type { Host, Message, Reply } from '../../../core/protocol.js';
import { decode, encode } from '../../../core/protocol/codec.js';
import { smallScenario } from '../../small-run.js';

/** What a host puts on the wire in answer to a message. */
type Answer = (message: Message, host: Host) => unknown;

const honest: Answer = (message, host) => encode(host.handle(message) as Reply);

/** A run of two hosts over pretended connections, the second of which answers as told; what it was refused with. */
async function runWith(answer: Answer): Promise<unknown> {
  const scenario = smallScenario({ days: 4, roundEvery: 1 });
  const plans = planHosts(scenario.institutions.count, 2, false);
  const remote = plans.map((_, h) => {
    const host = createHost();
    const socket = {
      emit: (_event: string, bytes: Uint8Array, done: (reply: unknown) => void) =>
        done((h === 1 ? answer : honest)(decode(bytes) as Message, host)),
      on: () => undefined,
      disconnect: () => undefined,
    };
    return { socket: socket as never, name: `host ${h + 1}` };
  });
  try {
    for await (const facts of simulate(scenario, { transport: socketsTransport(remote), plans }))
      expect(facts.day).to.be.at.least(0);
    return undefined;
  } catch (error) {
    return error;
  }
}

/** Answers honestly, but changes one kind of reply. */
const lying =
  <T extends Reply['type']>(type: T, change: (reply: Extract<Reply, { type: T }>) => object): Answer =>
  (message, host) => {
    const reply = host.handle(message) as Reply;
    return encode(
      reply.type === type ? { ...reply, ...change(reply as Extract<Reply, { type: T }>) } : reply,
    );
  };

describe('coordinator/transport/sockets', () => {
  it('runs with honest hosts', async () => {
    expect(await runWith(honest)).to.equal(undefined);
  });

  const lies: readonly (readonly [string, Answer, string])[] = [
    [
      'speaks for another’s institution',
      lying('updates', ({ learners }) => ({ learners: ['bank-01', ...learners.slice(1)] })),
      'not its own',
    ],
    [
      'sends an update twice',
      lying('updates', ({ learners }) => ({ learners: learners.map(() => learners[0]!) })),
      'comes twice',
    ],
    ['answers for another round', lying('updates', () => ({ round: 99 })), 'it is of round 99'],
    [
      'sends too short an update',
      lying('updates', ({ deltas }) => ({ deltas: deltas.slice(1) })),
      'deltas has',
    ],
    [
      'sends orders for too many seats',
      lying('decisions', ({ orders }) => ({ orders: new Float64Array(orders.length + 3) })),
      'cells of',
    ],
    [
      'sends what is no number',
      lying('decisions', ({ orders }) => ({ orders: orders.map(() => NaN) })),
      'orders[0] is NaN',
    ],
    ['answers with another type', () => encode({ type: 'done' }), 'done in answer to welcome'],
    ['answers with text', () => 'hello', 'is not bytes'],
  ];
  for (const [what, answer, reason] of lies)
    it(`loses a host that ${what}`, async () => {
      const error = await runWith(answer);
      expect(error).to.be.instanceOf(HostLost);
      expect((error as HostLost).message)
        .to.match(/^host 2 was lost/)
        .and.to.contain(reason);
    });

  it('law: any bytes in place of an answer lose the host, and nothing else', async () => {
    const bytes = fc.uint8Array({ maxLength: 64 });
    await fc.assert(
      fc.asyncProperty(bytes, async (garbage) => {
        expect(await runWith(() => garbage)).to.be.instanceOf(HostLost);
      }),
      { numRuns: 20 },
    );
  });
});
