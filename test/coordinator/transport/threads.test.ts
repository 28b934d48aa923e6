import { EventEmitter } from 'node:events';
import { expect } from 'chai';
import { startHostWorker } from '../../../cli/host-worker.js';
import { HostLost } from '../../../coordinator/transport/host-lost.js';
import { answerThread, threadsTransport, type HostPort } from '../../../coordinator/transport/threads.js';
import type { Transport } from '../../../coordinator/transport/transport.js';
import { ModelFault } from '../../../core/model-fault.js';
import type { Host, Message } from '../../../core/protocol.js';
import { hashesOf, noticesOf, factsOf, smallScenario } from '../../small-run.js';

/** Two joined ends of a line in this thread: what one posts, the other hears. */
function joinedPorts(host: Host): HostPort & EventEmitter {
  const [near, far] = [new EventEmitter(), new EventEmitter()];
  answerThread(
    Object.assign(far, { postMessage: (value: unknown) => void near.emit('message', value) }) as never,
    host,
  );
  return Object.assign(near, {
    postMessage: (value: unknown) => void far.emit('message', value),
    terminate: () => Promise.resolve(near.emit('exit', 1) ? 1 : 0),
  }) as never;
}

const decide = { type: 'decide', day: 1 } as const;

/** What an exchange was refused with. */
const refusal = (transport: Transport, message: Message): Promise<unknown> =>
  transport.exchange([message]).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('coordinator/transport/threads', () => {
  const scenario = smallScenario({
    days: 8,
    institutions: { outages: [{ institution: 'bank-02', from: 2, to: 6 }] },
  });

  it('gives the same bytes for 1, 2, 3 and 7 workers, with an outage', async () => {
    const facts = await factsOf(scenario);
    expect(noticesOf(facts, 'outage').length).to.be.greaterThan(0);
    const expected = await hashesOf(scenario);
    for (const hosts of [1, 2, 3, 7]) {
      const opened: Transport[] = [];
      const through = (all: readonly unknown[]): Transport => {
        const transport = threadsTransport(all.map(startHostWorker));
        opened.push(transport);
        return transport;
      };
      try {
        expect(await hashesOf(scenario, { hosts, through }), `${hosts} workers`).to.deep.equal(expected);
      } finally {
        await Promise.all(opened.map((transport) => transport.close()));
      }
    }
  });

  it('hands on what a host threw', async () => {
    const host: Host = {
      handle: () => {
        throw new Error('no welcome yet');
      },
    };
    const transport = threadsTransport([joinedPorts(host)]);
    const error = await refusal(transport, decide);
    expect(error).to.be.instanceOf(Error).with.property('message', 'no welcome yet');
    expect(error).not.to.be.instanceOf(ModelFault);
  });

  it('tells that it cannot compute a model from faults of any other kind', async () => {
    const host: Host = {
      handle: () => {
        throw new ModelFault('bank-02: mlp: needs too much');
      },
    };
    expect(await refusal(threadsTransport([joinedPorts(host)]), decide))
      .to.be.instanceOf(ModelFault)
      .with.property('message', 'bank-02: mlp: needs too much');
  });

  it('names a worker that ended while it was asked, and refuses every later request', async () => {
    const host: Host = { handle: () => new Promise(() => undefined) };
    const port = joinedPorts(host);
    const transport = threadsTransport([port]);
    const asked = refusal(transport, decide);
    port.emit('exit', 9);
    for (const error of [await asked, await refusal(transport, decide)])
      expect(error)
        .to.be.instanceOf(HostLost)
        .with.property('message', 'worker 1 of 1 was lost: its thread ended with code 9');
  });

  it('refuses when a real worker dies of an error of its own', async () => {
    const worker = startHostWorker();
    const transport = threadsTransport([worker]);
    await worker.terminate();
    expect(await refusal(transport, decide)).to.be.instanceOf(HostLost);
  });
});
