import { expect } from 'chai';
import { featureLayout } from '../../agents/features.js';
import { memoryTransport } from '../../coordinator/transport/memory.js';
import type { Transport } from '../../coordinator/transport/transport.js';
import type { Updates } from '../../core/protocol.js';
import { chainOf, factsOf, smallScenario } from '../small-run.js';

const scenario = smallScenario({
  learning: { architectures: [{ name: 'linear' }], localSteps: 5, penalties: { l2: 0 } },
  homogeneity: { updates: 1 },
});

/** The same run, and what every institution sent in it. */
async function sent(hosts: number): Promise<Map<string, Float32Array[]>> {
  const all = new Map<string, Float32Array[]>();
  await factsOf(scenario, {
    hosts,
    through: (given) => {
      const transport = memoryTransport(given);
      const exchange: Transport['exchange'] = async (messages) => {
        const replies = await transport.exchange(messages);
        for (const reply of replies as readonly { readonly type: string }[])
          if (reply.type === 'updates') note(reply as Updates);
        return replies;
      };
      return { ...transport, exchange };
    },
  });
  function note({ learners, deltas }: Updates): void {
    const width = deltas.length / Math.max(1, learners.length);
    learners.forEach((id, i) =>
      all.set(id, [...(all.get(id) ?? []), deltas.slice(i * width, (i + 1) * width)]),
    );
  }
  return all;
}

describe('a federation of unequal members, through hosts and coordinator', () => {
  const { width, sources } = featureLayout(['macro', 'sentiment']);
  const macro = [width - 4, width - 3];
  const sentiment = [width - 2, width - 1];
  const moved = (deltas: readonly Float32Array[], columns: readonly number[]): boolean =>
    deltas.some((delta) => columns.some((column) => delta[column] !== 0));

  it('has one layout: who lacks a source sends nothing about it, after the federation has told of it too', async () => {
    expect(sources).to.deep.equal(['macro', 'sentiment']);
    const updates = await sent(2);
    const [banks, funds] = ['bank', 'fund'].map((type) => [...updates].filter(([id]) => id.startsWith(type)));
    expect([banks!.length, funds!.length]).to.deep.equal([4, 4]);
    for (const [id, deltas] of [...banks!, ...funds!]) {
      expect(deltas.length, id).to.be.greaterThan(1);
      expect(deltas[0]!.length, id).to.equal(width + 1);
      expect(moved(deltas, macro), id).to.equal(true);
      expect(moved(deltas, sentiment), id).to.equal(id.startsWith('bank'));
    }
  });

  it('is the same on any number of hosts', async () => {
    const alone = await chainOf(scenario);
    for (const hosts of [2, 3]) expect(await chainOf(scenario, { hosts })).to.equal(alone);
  });
});
