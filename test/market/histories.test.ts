import { expect } from 'chai';
import type { Scenario } from '../../core/scenario.js';
import { privateHistory, publicHistory, type PrivateHistory } from '../../market/histories.js';
import { createStage } from '../../market/stage.js';
import { correlation, variance } from './moments.js';
import { plainAsset, threeBanks } from './small-world.js';

const K = 2;
const DAYS = 4000;
const plain = {
  garch: { alpha: 0, gamma: 0, beta: 0 },
  degreesOfFreedom: null,
  regimes: { enterStress: 0, leaveStress: 0.5 },
};
const scenarioWith = (more: object = {}): Scenario =>
  threeBanks({
    type: { sources: ['macro'] },
    fundamentals: plain,
    assets: [plainAsset('a', { loadings: { growth: 0.8 } }), plainAsset('b', { loadings: { growth: 0.5 } })],
    more: {
      sources: { macro: { informationCoefficient: 0.4, delayDays: 2 }, unread: {} },
      learning: { historyDays: DAYS },
      ...more,
    },
  });

const scenario = scenarioWith();
const stage = createStage(scenario);
const histories = [0, 1, 2].map((i) => privateHistory(scenario, stage, i));
const column = ({ logReturns }: Pick<PrivateHistory, 'logReturns'>, k: number): number[] =>
  Array.from({ length: DAYS }, (_, d) => logReturns[d * K + k]!);

describe('private histories', () => {
  it('are everyone’s own: no two institutions share one, nor the public one', () => {
    const all = [...histories, { logReturns: publicHistory(scenario, stage) }];
    all.forEach((one, i) =>
      all
        .slice(i + 1)
        .forEach((other) =>
          expect(correlation(column(one, 0), column(other, 0))).to.be.closeTo(0, 4 / Math.sqrt(DAYS)),
        ),
    );
  });

  it('have the first days that training reads in common, as many as pre-training says, readings apart from their noise', () => {
    const [reach, days] = [DAYS / 2, DAYS / 4];
    const shared = scenarioWith({
      homogeneity: { pretraining: days / reach },
      learning: { historyDays: DAYS, window: reach },
    });
    const [one, other] = [0, 1].map((i) => privateHistory(shared, createStage(shared), i)) as [
      PrivateHistory,
      PrivateHistory,
    ];
    const common = publicHistory(shared, createStage(shared));
    const block = (returns: Float32Array, from: number, to: number): Float32Array =>
      returns.slice(from * K, to * K);
    // The two days before are the delay of the source.
    for (const { logReturns } of [one, other])
      expect(block(logReturns, reach - 2, reach + days)).to.deep.equal(
        block(common, reach - 2, reach + days),
      );
    const own = histories[0]!.logReturns;
    expect(block(one.logReturns, 0, reach - 2)).to.deep.equal(block(own, 0, reach - 2));
    expect(block(one.logReturns, reach + days, DAYS)).to.deep.equal(block(own, reach + days, DAYS));
    const late = (history: PrivateHistory, d: number): number => history.sources[d * 2 * K]!;
    const read = (history: PrivateHistory, from: number): number[] =>
      Array.from({ length: days }, (_, d) => late(history, from + d));
    // Both hear of the same news with correlation 0.4: what they read has 0.16 in common.
    expect(correlation(read(one, reach), read(other, reach))).to.be.closeTo(0.16, 4 / Math.sqrt(days));
    expect(correlation(read(one, 0), read(other, 0))).to.be.closeTo(0, 4 / Math.sqrt(days));
  });

  it('are one and the same returns where all of it is public', () => {
    const shared = scenarioWith({
      homogeneity: { pretraining: 1 },
      learning: { historyDays: DAYS, window: DAYS },
    });
    const { logReturns } = privateHistory(shared, createStage(shared), 2);
    expect(logReturns).to.deep.equal(publicHistory(shared, createStage(shared)));
  });

  it('have one law: the fundamentals’ volatility and correlation', () => {
    for (const history of histories) {
      expect(Math.sqrt(variance(column(history, 0)))).to.be.closeTo(0.01, (4 * 0.01) / Math.sqrt(2 * DAYS));
      expect(correlation(column(history, 0), column(history, 1))).to.be.closeTo(0.4, 4 / Math.sqrt(DAYS));
    }
  });

  it('sources know as much in them as in the run, and as late', () => {
    for (const { logReturns, sources } of histories) {
      // Row d of a source that is two days late was about the return of day d − 2.
      const late = (d: number, k: number): number => sources[(d * 2 + 0) * K + k]!;
      const pairs = Array.from(
        { length: (DAYS - 2) * K },
        (_, at) => [2 + Math.floor(at / K), at % K] as const,
      );
      const heard = pairs.map(([d, k]) => late(d, k));
      const then = pairs.map(([d, k]) => logReturns[(d - 2) * K + k]!);
      expect(correlation(heard, then)).to.be.closeTo(0.4, 0.06);
      expect(
        sources.some((_, at) => Math.floor(at / K) % 2 === 1 && sources[at] !== 0),
        'unread',
      ).to.equal(false);
    }
  });

  it('do not know scheduled shocks, and are the same whoever else is there', () => {
    const shocked = threeBanks({
      type: { sources: ['macro'] },
      fundamentals: { ...plain, shocks: [{ day: 3, asset: 'a', size: -1 }] },
      assets: [
        plainAsset('a', { loadings: { growth: 0.8 } }),
        plainAsset('b', { loadings: { growth: 0.5 } }),
      ],
      more: {
        sources: scenario.sources,
        learning: { historyDays: DAYS },
        institutions: { ...scenario.institutions, count: 4 },
      },
    });
    expect(privateHistory(shocked, createStage(shocked), 1)).to.deep.equal(histories[1]);
  });
});
