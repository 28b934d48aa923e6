import { expect } from 'chai';
import fc from 'fast-check';
import { crowdingLimit } from '../../../coordinator/mandates/crowding-limit.js';
import { decorrelation } from '../../../coordinator/mandates/decorrelation.js';
import { federationSizeCap } from '../../../coordinator/mandates/federation-size-cap.js';
import { sourceCap } from '../../../coordinator/mandates/source-cap.js';
import { mandatedPenalties, permittedMixing, splitMembers } from '../../../coordinator/mandates/standing.js';
import { stream } from '../../../core/random.js';
import type { Scenario } from '../../../core/scenario.js';
import { factsOf, noticesOf, smallScenario } from '../../small-run.js';

const lot = (entity: string) => stream({ seed: 4, purpose: 'test', entity });
const scenario = (mandates: object[], more: object = {}): Scenario =>
  ({
    seed: 1,
    mandates,
    homogeneity: { updates: 0.5 },
    learning: { penalties: { l2: 0.1, decorrelation: 0.2 } },
    federation: { membership: 'architecture', probes: 8 },
    institutions: { count: 10 },
    ...more,
  }) as unknown as Scenario;

describe('source-cap', () => {
  it('leaves each source with as many subscribers as it permits, and touches no other', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const sources = [['x', 'y'], ['x'], ['x'], ['x']];
    const gone = sourceCap.withdraw({ maxShare: 0.5 }, { ids, sources, lot });
    expect(gone.map((w) => w.source)).deep.equal(['x', 'x']);
    expect(new Set(gone.map((w) => w.seat)).size).equal(2);
    expect(gone[0]!.reason).equal('4 of 4 subscribe to x, above 2; drawn by lot');
  });
  it('takes nothing away where it is slack', () => {
    expect(sourceCap.withdraw({ maxShare: 1 }, { ids: ['a'], sources: [['x']], lot })).deep.equal([]);
  });
  it('refuses what only nobody could meet', () => {
    expect(sourceCap.check({ maxShare: 0.05 }, scenario([]))[0]!.message).contain('met but by nobody');
    expect(sourceCap.check({ maxShare: 0.1 }, scenario([]))).deep.equal([]);
  });
});

describe('federation-size-cap', () => {
  it('cuts into as few nearly equal parts as the cap allows, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 12 }), (n, maxMembers) => {
        const members = Array.from({ length: n }, (_, i) => `m${i}`);
        const part = federationSizeCap.split({ maxMembers }, { round: 1, members, lot });
        const sizes = Array.from(
          { length: Math.max(...part) + 1 },
          (_, p) => part.filter((q) => q === p).length,
        );
        expect(sizes).length(Math.ceil(n / maxMembers));
        expect(Math.max(...sizes)).at.most(maxMembers);
        expect(Math.max(...sizes) - Math.min(...sizes)).at.most(1);
        const turned = federationSizeCap.split(
          { maxMembers },
          { round: 1, members: [...members].reverse(), lot },
        );
        expect([...turned].reverse()).deep.equal(part);
      }),
    );
  });
  it('names the parts, and leaves what fits as it is', () => {
    const ids = ['a', 'b', 'c'];
    const groups = [['mlp', [0, 1, 2]]] as const;
    const cut = splitMembers(scenario([{ kind: 'federation-size-cap', maxMembers: 2 }]), 1, ids, groups);
    expect(cut.map(([id]) => id)).deep.equal(['mlp.1', 'mlp.2']);
    expect(cut.flatMap(([, seats]) => seats).sort()).deep.equal([0, 1, 2]);
    const slack = splitMembers(scenario([{ kind: 'federation-size-cap', maxMembers: 3 }]), 1, ids, groups);
    expect(slack).deep.equal([['mlp', [0, 1, 2]]]);
  });
  it('refuses pooled learners', () => {
    const pooled = scenario([], { federation: { membership: 'centralised' } });
    expect(federationSizeCap.check({}, pooled)).length(1);
  });
});

describe('mixing-cap and decorrelation', () => {
  it('bind where the scenario asks for more, or less', () => {
    expect(permittedMixing(scenario([{ kind: 'mixing-cap', maxMixing: 0.2 }]))).equal(0.2);
    expect(permittedMixing(scenario([{ kind: 'mixing-cap', maxMixing: 0.9 }]))).equal(0.5);
    expect(mandatedPenalties(scenario([{ kind: 'decorrelation', weight: 3 }]))).deep.equal({
      l2: 0.1,
      decorrelation: 3,
    });
    expect(mandatedPenalties(scenario([{ kind: 'decorrelation', weight: 0.1 }]))).deep.equal({
      l2: 0.1,
      decorrelation: 0.2,
    });
  });
});

describe('decorrelation', () => {
  const judged = (minimumDistance: number | undefined, rows: readonly (readonly number[])[]) =>
    decorrelation.judge(
      { weight: 1, minimumDistance },
      { forecasts: Float32Array.from(rows.flat()), probes: 4 },
    );
  const [up, down, across] = [
    [1, 2, 3, 4],
    [4, 3, 2, 1],
    [1, -1, -1, 1],
  ];
  it('says how far apart forecasts are where that is too little: 4/3 on average of −1, 0 and 0', () => {
    expect(judged(1.3, [up, down, across])).equal(undefined);
    expect(judged(1.4, [up, down, across])).equal('forecasts are 1.333 apart on average, below 1.4');
    expect(judged(0.1, [up, up])).equal('forecasts are 0.000 apart on average, below 0.1');
  });
  it('says nothing without a least distance, or where forecasts do not vary', () => {
    expect(judged(undefined, [up, up])).equal(undefined);
    expect(judged(1, [up, [2, 2, 2, 2]])).equal(undefined);
  });
  it('puts rounds that missed it on record', async () => {
    const days = await factsOf(
      smallScenario({ mandates: [{ kind: 'decorrelation', weight: 1, minimumDistance: 2 }] }),
    );
    const told = noticesOf(days, 'unmet-mandate');
    expect(told.length).above(0);
    expect(told[0]!.columns['mandate']).deep.equal(['decorrelation']);
  });
});

describe('crowding-limit', () => {
  const view = { assets: 2, held: Float64Array.of(30, 90), float: Float64Array.of(100, 100) };
  it('cuts purchases in one proportion, counting sales first, and touches no sale', () => {
    const orders = Float64Array.of(40, 5, 20, 5, -10, 0);
    const { orders: cut } = crowdingLimit.permit({ maxShare: 0.5 }, { ...view, orders });
    expect(Array.from(cut)).deep.equal([20, 0, 10, 0, -10, 0]);
  });
  it('changes nothing where it is slack', () => {
    const orders = Float64Array.of(1, 1);
    expect(crowdingLimit.permit({ maxShare: 1 }, { ...view, orders }).orders).deep.equal(orders);
  });
});
