import { expect } from 'chai';
import fc from 'fast-check';
import { memoryTransport } from '../../coordinator/transport/memory.js';
import type { Transport } from '../../coordinator/transport/transport.js';
import { decode, encode } from '../../core/protocol/codec.js';
import type { AnyMessage, Host, Message, ReplyTo } from '../../core/protocol.js';
import type { Scenario } from '../../core/scenario.js';
import { chainOf, column, factsOf, hashesOf, noticesOf, recordOf, smallScenario } from '../small-run.js';

/** Every message and every reply as bytes and back. */
const throughBytes = (hosts: readonly Host[]): Transport =>
  memoryTransport(
    hosts.map((host) => ({
      async handle<M extends Message>(message: M): Promise<ReplyTo[M['type']]> {
        const reply = await host.handle(decode(encode(message)) as M);
        return decode(encode(reply)) as ReplyTo[M['type']];
      },
    })),
  );

/** Hosts that answer late, the first of them last. */
const late = (hosts: readonly Host[]): Transport =>
  memoryTransport(
    hosts.map((host, h) => ({
      async handle<M extends Message>(message: M): Promise<ReplyTo[M['type']]> {
        for (let turn = h; turn < hosts.length; turn++) await new Promise(setImmediate);
        return host.handle(message);
      },
    })),
  );

/** Everything sent to hosts up to and with a day, as text. */
async function messagesTo(scenario: Scenario, lastDay: number): Promise<string[]> {
  const sent: string[] = [];
  let day = 0;
  const spy = (hosts: readonly Host[]): Transport => {
    const inner = memoryTransport(hosts);
    return {
      ...inner,
      exchange: (messages) => {
        const [first] = messages as readonly AnyMessage[];
        if (first!.type === 'observe') ({ day } = first!);
        if (day <= lastDay) sent.push(...messages.map((m) => Buffer.from(encode(m)).toString('base64')));
        return inner.exchange(messages);
      },
    };
  };
  await factsOf(scenario, { through: spy });
  return sent;
}

const memberships = ['architecture', 'type', 'local', 'centralised'] as const;

describe('laws of the loop', function () {
  this.timeout(60_000);

  it('one scenario gives one record, file by file', async () => {
    const scenario = smallScenario();
    expect(await hashesOf(scenario)).to.deep.equal(await hashesOf(scenario));
  });

  for (const membership of memberships)
    it(`membership ${membership}: the record does not depend on how many hosts there are`, async () => {
      const scenario = smallScenario({ federation: { membership } });
      const one = await chainOf(scenario);
      for (const hosts of [2, 5, 8, 20])
        expect(await chainOf(scenario, { hosts }), `${hosts} hosts`).to.equal(one);
    });

  it('nor on which host answers first', async () => {
    const scenario = smallScenario();
    expect(await chainOf(scenario, { hosts: 3, through: late })).to.equal(await chainOf(scenario));
  });

  it('messages as bytes and messages in memory give the same bytes on disk', async () => {
    const scenario = smallScenario({ learning: { penalties: { proximal: 0.1, decorrelation: 0.1 } } });
    expect(await hashesOf(scenario, { hosts: 2, through: throughBytes })).to.deep.equal(
      await hashesOf(scenario),
    );
  });

  it('no look-ahead: what happens on a day changes no message before the next', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: -0.4, max: 0.4, noNaN: true }),
        async (day, size) => {
          const calm = (s: number): Scenario =>
            smallScenario({
              days: 10,
              market: { fundamentals: { shocks: [{ day, class: 'equity', size: s }] } },
            });
          expect(await messagesTo(calm(size), day)).to.deep.equal(await messagesTo(calm(0.01), day));
        },
      ),
      { numRuns: 5 },
    );
  });

  it('and does change them after it', async () => {
    const shocked = (size: number): Scenario =>
      smallScenario({ market: { fundamentals: { shocks: [{ day: 4, class: 'equity', size }] } } });
    expect(await messagesTo(shocked(-0.2), 5)).not.to.deep.equal(await messagesTo(shocked(0.01), 5));
  });

  it('a longer run begins like a shorter one', async () => {
    const [short, long] = [
      await factsOf(smallScenario({ days: 8 })),
      await factsOf(smallScenario({ days: 12 })),
    ];
    expect(long.slice(0, 9)).to.deep.equal(short);
  });

  it('empty lists of mandates and interventions change nothing', async () => {
    expect(await hashesOf(smallScenario({ mandates: [], interventions: [] }))).to.deep.equal(
      await hashesOf(smallScenario()),
    );
  });

  it('a slack mandate changes nothing: it has no events of its own, and all else is the same', async () => {
    const free = await factsOf(smallScenario());
    const capped = await factsOf(smallScenario({ mandates: [{ kind: 'architecture-cap', maxShare: 1 }] }));
    expect(capped).to.deep.equal(free);
  });

  it('the prices of a calm market do not depend on how much of them is recorded', async () => {
    const prices = async (record: string): Promise<unknown> =>
      (await factsOf(smallScenario({ record }))).map((facts) => column(facts, 'assets', 'price'));
    expect(await prices('minimal')).to.deep.equal(await prices('full'));
  });

  it('an institution more leaves the news of the others as it was', async () => {
    const news = async (count: number): Promise<unknown> =>
      (await factsOf(smallScenario({ institutions: { count } }))).map((facts) =>
        column(facts, 'assets', 'diffusion'),
      );
    expect(await news(9)).to.deep.equal(await news(8));
  });

  it('every day has its line and its rows in order', async () => {
    const scenario = smallScenario();
    const days = await factsOf(scenario);
    expect(days.map((facts) => facts.day)).to.deep.equal(Array.from({ length: 13 }, (_, day) => day));
    for (const facts of days)
      for (const [name, batch] of Object.entries(facts.tables))
        expect(
          new Set(Array.from(batch['day'] as Int32Array)).size,
          `${name} on day ${facts.day}`,
        ).to.be.at.most(1);
    expect(recordOf(scenario, days).chain).to.match(/^[0-9a-f]{64}$/);
    expect(noticesOf(days, 'round').map(({ day }) => day)).to.deep.equal([1, 6, 11]);
  });
});
