import { expect } from 'chai';
import { memoryTransport } from '../../coordinator/transport/memory.js';
import type { Host } from '../../core/protocol.js';
import { factsOf, noticesOf, smallScenario } from '../small-run.js';

/** What the first seat's sources say on the eighth day is no number. */
const poisoned = (hosts: readonly Host[]) =>
  memoryTransport(
    hosts.map((host) => ({
      handle: (message) => {
        if (message.type !== 'observe' || message.day !== 8) return host.handle(message);
        const sources = message.sources.slice();
        sources[0] = Number.NaN;
        return host.handle({ ...message, sources });
      },
    })),
  );

describe('a value that is no number', () => {
  it('never reaches aggregation: its institution sits out, by name, architecture and tensor; the others go on', async () => {
    const scenario = smallScenario({
      learning: { architectures: [{ name: 'random-forest', trees: 3 }] },
    });
    const run = await factsOf(scenario, { through: poisoned });
    const [satOut, ...more] = noticesOf(run, 'sat-out');
    expect(more).to.deep.equal([]);
    expect(satOut!.day).to.equal(11);
    expect(satOut!.columns['institution']).to.deep.equal(['bank-01']);
    expect(satOut!.columns['reason']).to.deep.equal(['random-forest: inputs is not finite']);
    const rounds = run[11]!.tables.rounds!;
    expect(rounds['institution']).to.have.length(7).and.not.include('bank-01');
    expect(Array.from(rounds['updateNorm'] as Float64Array).every(Number.isFinite)).to.equal(true);
  });
});
