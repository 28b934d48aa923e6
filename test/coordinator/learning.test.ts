import { expect } from 'chai';
import { aggregate } from '../../coordinator/round/aggregate.js';
import { collect } from '../../coordinator/round/contribution.js';
import { installs } from '../../coordinator/round/installs.js';
import { formFederations } from '../../coordinator/federations.js';
import { planHosts, seatsOf } from '../../coordinator/transport/plan.js';
import type { Updates } from '../../core/protocol.js';
import { createStage } from '../../market/stage.js';
import { column, factsOf, noticesOf, smallScenario } from '../small-run.js';

const scenario = smallScenario({ homogeneity: { models: 1 } });
const stage = createStage(scenario);
const zero = [new Float32Array(2), new Float32Array(2)];
const pooling = { round: 1, blocks: new Int32Array(2), regions: new Map<string, string>() };
const federations = (of = scenario) => formFederations(of, stage, new Int32Array(8), zero, [], 0);

const updates = (rows: Record<string, [number, number[]]>): Updates => ({
  type: 'updates',
  round: 1,
  learners: Object.keys(rows),
  architecture: new Int32Array(Object.keys(rows).length),
  examples: Int32Array.from(Object.values(rows), ([n]) => n),
  loss: new Float64Array(Object.keys(rows).length),
  localSteps: new Int32Array(Object.keys(rows).length).fill(1),
  deltas: Float32Array.from(Object.values(rows).flatMap(([, delta]) => delta)),
  controls: new Float32Array(0),
  within: new Float64Array(0),
  masked: new Int32Array(0),
  packed: new Uint8Array(0),
  packedSizes: new Int32Array(0),
  accounts: [],
  satOut: [],
  skill: new Float64Array(0),
  readings: [],
  readingValues: new Float64Array(0),
});

describe('a round', () => {
  it('takes each update once, weighted by examples, in order of id whoever sent it', () => {
    const [one, two] = [updates({ 'fund-01': [3, [4, 0]] }), updates({ 'bank-01': [1, [0, 4]] })];
    for (const replies of [
      [one, two],
      [two, one],
    ]) {
      const contributions = collect(replies, Int32Array.of(2, 2));
      expect(contributions.map((c) => c.institution)).to.deep.equal(['bank-01', 'fund-01']);
      const [outcome] = aggregate(scenario, federations(), contributions, pooling);
      expect(Array.from(outcome!.federation.parameters)).to.deep.equal([3, 1]);
    }
  });

  it('leaves a federation that got nothing as it was', () => {
    const before = federations();
    const [outcome] = aggregate(scenario, before, [], pooling);
    expect(outcome!.federation).to.equal(before[0]);
    expect(outcome!.contributions).to.deep.equal([]);
  });

  it('measures distance after mixing: (1 - λ) times that to the federation’s model', () => {
    const half = smallScenario({ homogeneity: { models: 1, updates: 0.25 } });
    const contributions = collect(
      [updates({ 'bank-01': [1, [6, 8]], 'bank-02': [1, [0, 0]] })],
      Int32Array.of(2, 2),
    );
    const [outcome] = aggregate(half, federations(half), contributions, pooling);
    // Mean (3, 4); each is 5 away from it.
    expect(outcome!.distances).to.deep.equal([0.75 * 5, 0.75 * 5]);
  });

  it('that has too few updates for its rule leaves the model as it was, and says so', async () => {
    const scarce = smallScenario({ federation: { aggregation: { rule: 'bulyan', f: 1 } } });
    const days = await factsOf(scarce);
    const kept = noticesOf(days, 'not-aggregated');
    expect(kept.map(({ day }) => day)).to.deep.equal([1, 6, 11]);
    expect(kept[0]!.columns['reason']![0]).to.match(/^bulyan with f = 1 needs at least 7 updates/);
  });

  it('counts every institution in exactly one federation and one update', async () => {
    const days = await factsOf(smallScenario());
    const [first] = noticesOf(days, 'round');
    const participants = (first!.columns['participants'] as number[]).reduce((a, b) => a + b, 0);
    const rows = days[1]!.tables.rounds!['institution'] as readonly string[];
    expect(participants).to.equal(8);
    expect(new Set(rows).size).to.equal(rows.length);
    expect(rows.length).to.equal(8);
  });
});

describe('membership', () => {
  const groups = (membership: string) => {
    const of = smallScenario({ federation: { membership }, homogeneity: { models: 1 } });
    return formFederations(of, createStage(of), new Int32Array(8), zero, [], 0).map((f) => [
      f.id,
      f.members.length,
      f.learners.length,
    ]);
  };

  it('architecture: all of one architecture', () => {
    expect(groups('architecture')).to.deep.equal([['mlp', 8, 8]]);
  });
  it('type: all of one architecture and type', () => {
    expect(groups('type')).to.deep.equal([
      ['mlp.bank', 4, 4],
      ['mlp.fund', 4, 4],
    ]);
  });
  it('local: nobody together', () => {
    expect(groups('local')).to.have.length(8);
  });
  it('centralised: one learner on everyone’s data', () => {
    expect(groups('centralised')).to.deep.equal([['pool.mlp', 8, 1]]);
  });

  it('local learning does not depend on the mixing share where everybody starts from the same model', async () => {
    const with_ = (updates: number) =>
      smallScenario({ federation: { membership: 'local' }, homogeneity: { updates } });
    const forecasts = async (updates: number) =>
      (await factsOf(with_(updates))).map((d) => Array.from(column(d, 'forecasts', 'mean')));
    // One's own model mixed with one's own model differs by rounding only.
    const [none, all] = [(await forecasts(0)).flat(), (await forecasts(1)).flat()];
    none.forEach((x, i) => expect(x).to.be.closeTo(all[i]!, 0.05));
  });

  it('mixing 1 makes forecasts on public probes equal within a federation, mixing 0 does not', async () => {
    const spread = async (updates: number, membership: string) => {
      const days = await factsOf(
        smallScenario({ homogeneity: { updates, models: 1 }, federation: { membership } }),
      );
      const last = days[11]!;
      const forecasts = Array.from(column(last, 'probes', 'forecast'));
      const first = forecasts.filter((_, r) => r % 8 === 0);
      return Math.max(...first) - Math.min(...first);
    };
    expect(await spread(1, 'architecture')).to.equal(0);
    expect(await spread(0, 'architecture')).to.be.above(1e-4);
    expect(await spread(0, 'centralised')).to.equal(0);
  });
});

describe('hosts', () => {
  it('own every seat once, and only the first of a pool watches all', () => {
    for (const [n, hosts] of [
      [7, 1],
      [7, 3],
      [3, 9],
    ] as const) {
      const plans = planHosts(n, hosts, true);
      expect(plans.flatMap((p) => p.own).sort((a, b) => a - b)).to.deep.equal(
        Array.from({ length: n }, (_, i) => i),
      );
      expect(seatsOf(plans[0]!)).to.have.length(n);
      for (const plan of plans.slice(1)) expect(plan.shadows).to.deep.equal([]);
    }
  });

  it('get the models of their own seats only', () => {
    const plans = planHosts(8, 2, false);
    const sent = installs(scenario, { federations: federations(), plans, round: 1, mixing: 0.5 });
    expect(sent.map((m) => m.federations.map((f) => f.seats))).to.deep.equal([
      [[0, 1, 2, 3]],
      [[0, 1, 2, 3]],
    ]);
    const some = installs(scenario, {
      federations: federations(),
      plans,
      round: 1,
      mixing: 1,
      only: new Set([5]),
    });
    expect(some.map((m) => m.federations.map((f) => f.seats))).to.deep.equal([[], [[1]]]);
  });
});
