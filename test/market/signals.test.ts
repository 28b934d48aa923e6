import { expect } from 'chai';
import { mean } from '../../core/numeric.js';
import type { Scenario } from '../../core/scenario.js';
import type { World } from '../../core/types.js';
import { advanceNews } from '../../market/news.js';
import { nextSourceNoise, observeSources, standardisedNews } from '../../market/signals.js';
import { createStage } from '../../market/stage.js';
import { createWorld } from '../../market/world.js';
import { correlation, variance } from './moments.js';
import { plainAsset, threeBanks } from './small-world.js';

const K = 4;
const sources = {
  early: { informationCoefficient: 0.5 },
  late: { informationCoefficient: 0.3, delayDays: 3 },
};
const scenarioOf = (more: object, fundamentals: object = {}): Scenario =>
  threeBanks({
    type: { sources: ['early', 'late'] },
    assets: ['a', 'b', 'c', 'd'].map((id) => plainAsset(id)),
    fundamentals: { degreesOfFreedom: null, ...fundamentals },
    more: { sources, ...more },
  });

interface Seen {
  /** Days x (institutions x sources x assets). */
  readonly read: Float64Array[];
  /** Days x assets. */
  readonly news: Float64Array[];
}

/** What is read on each of the days, and the standardised news that was coming on it. */
function observe(scenario: Scenario, days: number): Seen {
  const stage = createStage(scenario);
  let world: World = createWorld(scenario, stage);
  const read: Float64Array[] = [];
  const news: Float64Array[] = [];
  for (let day = 1; day <= days; day++) {
    read.push(observeSources(scenario, stage, world));
    news.push(standardisedNews(world.news.coming));
    world = {
      ...world,
      day,
      news: advanceNews(scenario, stage, day, world.news, world.news.fading),
      noise: nextSourceNoise(scenario, stage, day + 1, world.noise),
    };
  }
  return { read, news };
}

/** All assets' readings of one source by one institution, day after day. */
const readings = ({ read }: Seen, i: number, s: number): number[] =>
  read.flatMap((day) => Array.from(day.subarray((i * 2 + s) * K, (i * 2 + s + 1) * K)));

/** What is left of a reading when its news is taken out. */
const noiseOf = (seen: Seen, i: number): number[] =>
  readings(seen, i, 0).map((x, at) => (x - 0.5 * seen.news[Math.floor(at / K)]![at % K]!) / Math.sqrt(0.75));

const flat = (days: readonly Float64Array[]): number[] => days.flatMap((day) => Array.from(day));

describe('data sources', () => {
  const daily = observe(scenarioOf({}), 3000);

  it('have the information coefficient that the scenario says', () => {
    for (const i of [0, 1, 2])
      expect(correlation(readings(daily, i, 0), flat(daily.news))).to.be.closeTo(0.5, 0.03);
  });

  it('a late one knows the news of its day, three days ago, and nothing newer', () => {
    const late = (lag: number): number =>
      correlation(
        readings(daily, 0, 1).slice(3 * K),
        flat(daily.news.slice(3 - lag, daily.news.length - lag)),
      );
    expect(late(3)).to.be.closeTo(0.3, 0.03);
    expect(late(0)).to.be.closeTo(0, 0.04);
    expect(late(1)).to.be.closeTo(0, 0.04);
  });

  it('are standardised: news and readings have unit variance', () => {
    expect(variance(flat(daily.news))).to.be.closeTo(1, 0.06);
    expect(variance(readings(daily, 0, 0))).to.be.closeTo(1, 0.06);
  });

  it('homogeneity of signals makes noise common and leaves information as it was', () => {
    for (const s of [0, 0.4, 1]) {
      const seen = observe(scenarioOf({ homogeneity: { signals: s } }), 2000);
      expect(correlation(noiseOf(seen, 0), noiseOf(seen, 1)), `s = ${s}`).to.be.closeTo(s, 0.04);
      expect(correlation(readings(seen, 2, 0), flat(seen.news)), `s = ${s}`).to.be.closeTo(0.5, 0.04);
    }
  });

  it('over a longer horizon noise halves in correlation over one horizon, and information is kept', () => {
    const weekly = observe(scenarioOf({ tradeEvery: 5 }), 4000);
    const noise = noiseOf(weekly, 0);
    expect(correlation(noise.slice(5 * K), noise.slice(0, -5 * K))).to.be.closeTo(0.5, 0.05);
    expect(correlation(readings(weekly, 0, 0), flat(weekly.news))).to.be.closeTo(0.5, 0.05);
    expect(mean(noise)).to.be.closeTo(0, 0.06);
  });

  it('say nothing of scheduled shocks, on any day', () => {
    const shocks = [{ day: 5, class: 'equity', size: -0.5, halfLifeDays: 10 }];
    expect(observe(scenarioOf({}, { shocks }), 20).read).to.deep.equal(daily.read.slice(0, 20));
  });

  it('are silent for those who do not subscribe', () => {
    const scenario = threeBanks({ more: { sources } });
    const stage = createStage(scenario);
    const read = observeSources(scenario, stage, createWorld(scenario, stage));
    expect(read.every((x) => x === 0)).to.equal(true);
  });
});
