import { expect } from 'chai';
import { memoryTransport } from '../../../coordinator/transport/memory.js';
import { aggregations } from '../../../coordinator/aggregation/index.js';
import type { Aggregation } from '../../../coordinator/aggregation/aggregation.js';
import { pack, unpack } from '../../../core/packing.js';
import type { Host } from '../../../core/protocol.js';
import { askedOf, overheard, repliesOf, type Said } from '../../overheard.js';
import { chainOf, factsOf, noticesOf, overlaid, smallScenario } from '../../small-run.js';

type Raw = Readonly<Record<string, unknown>>;
const alike: Raw = { learning: { architectures: [{ name: 'linear' }] }, roundEvery: 2 };
const under = (aggregation: Raw, more: Raw = {}) =>
  smallScenario(overlaid(overlaid(alike, { federation: { aggregation } }), more) as Raw);
const regions: Raw = { institutions: { regions: { east: 0.25, west: 0.75 } } };

describe('every aggregation rule in the loop', function () {
  this.timeout(60_000);

  for (const [name, rule] of Object.entries(aggregations as Record<string, Aggregation>))
    it(`${name}: one host or three, the record is the same`, async () => {
      const scenario = under({ rule: name }, name === 'hierarchical' ? regions : {});
      expect(await chainOf(scenario, { hosts: 3 })).to.equal(await chainOf(scenario));
      expect(rule.models).to.be.oneOf(['one', 'one each']);
    });

  it('fedprox keeps institutions nearer to the federation than fedavg, and the more the larger mu', async () => {
    const dispersion = async (aggregation: Raw) => {
      const days = await factsOf(under(aggregation, { homogeneity: { updates: 0 } }));
      const last = days.findLast(({ tables }) => tables.rounds)!;
      const distances = Array.from(last.tables.rounds!['distance'] as Float64Array);
      return distances.reduce((a, b) => a + b, 0);
    };
    const [none, some, much] = await Promise.all([
      dispersion({ rule: 'fedavg' }),
      dispersion({ rule: 'fedprox', mu: 1 }),
      dispersion({ rule: 'fedprox', mu: 100 }),
    ]);
    expect(some).to.be.below(none);
    expect(much).to.be.below(some);
  });

  it('gossip: neighbours get models of their own, and further exchanges bring them together', async () => {
    const spread = async (exchanges: number) => {
      const said: Said[] = [];
      await factsOf(under({ rule: 'gossip', exchanges }, { homogeneity: { updates: 1 } }), {
        through: overheard(said),
      });
      const { federations, parameters } = askedOf(said, 'install').at(-1)!;
      const width = parameters.length / federations.length;
      const first = federations.map((_, f) => parameters[f * width]!);
      return { models: federations.length, spread: Math.max(...first) - Math.min(...first) };
    };
    const [once, often] = await Promise.all([spread(1), spread(200)]);
    expect([once.models, often.models]).to.deep.equal([8, 8]);
    expect(often.spread).to.be.below(once.spread / 100);
  });

  it('fednova divides by the steps that hosts report', async () => {
    const said: Said[] = [];
    await factsOf(under({ rule: 'fednova' }), { through: overheard(said) });
    const steps = repliesOf(said, 'updates').map(({ localSteps }) => new Set(localSteps));
    expect(steps[0]).to.deep.equal(new Set([10]));
    expect(steps.at(-1)).to.deep.equal(new Set([5]));
  });

  it('scaffold: variates are gradients; the server’s is the mean of the institutions’', async () => {
    const said: Said[] = [];
    await factsOf(under({ rule: 'scaffold' }), { through: overheard(said) });
    const sums = new Map<string, Float64Array>();
    let width = 0;
    for (const { learners, controls } of repliesOf(said, 'updates')) {
      width = controls.length / learners.length;
      learners.forEach((id, i) => {
        const before = sums.get(id) ?? new Float64Array(width);
        sums.set(
          id,
          before.map((c, j) => c + controls[i * width + j]!),
        );
      });
    }
    const server = askedOf(said, 'install').at(-1)!.controls.subarray(0, width);
    expect(Math.max(...server.map(Math.abs))).to.be.above(1e-3);
    server.forEach((c, j) => {
      const mean = [...sums.values()].reduce((sum, own) => sum + own[j]!, 0) / sums.size;
      expect(c).to.be.closeTo(mean, 1e-5);
    });
  });

  it('an entrant’s update is a difference from what its federation last sent, not from the first model', async () => {
    const scenario = smallScenario({
      ...alike,
      days: 30,
      market: {
        fundamentals: {
          shocks: [
            { day: 3, factor: 'growth', size: -20 },
            { day: 3, class: 'government', size: -0.4 },
            { day: 3, class: 'equity', size: -0.6 },
          ],
        },
      },
      contagion: { entryDelayDays: 5, liquidationDays: 5, termDays: 5 },
    });
    let sent = new Float32Array(0);
    const wrong: string[] = [];
    const watched = (hosts: readonly Host[]) =>
      memoryTransport(
        hosts.map((host): Host => ({
          async handle(message) {
            if (message.type === 'train' && sent.length > 0) {
              const { state } = await host.handle({ type: 'save', day: 0 });
              const { learners } = unpack<{ learners: { anchor: Float32Array }[] }>(state);
              for (const { anchor } of learners)
                if (Buffer.compare(pack(anchor), pack(sent)) !== 0) wrong.push(`round ${message.round}`);
            }
            if (message.type === 'install') sent = message.parameters.slice();
            return host.handle(message);
          },
        })),
      );
    const days = await factsOf(scenario, { through: watched });
    expect(noticesOf(days, 'entry').length).to.be.above(0);
    expect(wrong).to.deep.equal([]);
  });
});

describe('rules that do not go with a scenario', () => {
  const refused = (given: Raw) => () => smallScenario(given);
  it('say why', () => {
    expect(refused({ federation: { aggregation: { rule: 'hierarchical' } } })).to.throw(
      'federation.aggregation.rule: needs at least two regions',
    );
    expect(
      refused({
        federation: { aggregation: { rule: 'fedprox' } },
        learning: { penalties: { proximal: 1 } },
      }),
    ).to.throw('federation.aggregation.rule: sets learning.penalties.proximal itself');
    for (const [rule, name] of [
      ['fedprox', 'bayesian-linear'],
      ['scaffold', 'bayesian-linear'],
      ['scaffold', 'deep-ensemble'],
    ])
      expect(
        refused({ federation: { aggregation: { rule } }, learning: { architectures: [{ name }] } }),
        `${rule!} with ${name!}`,
      ).to.throw(`"${rule!}" does not go with ${name!}`);
    expect(
      refused({ federation: { aggregation: { rule: 'gossip', edges: [['bank-01', 'bank-1']] } } }),
    ).to.throw('federation.aggregation.edges.0.1: "bank-1" is not an institution; did you mean "bank-01"?');
  });
});
