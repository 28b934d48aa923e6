import { expect } from 'chai';
import type { Scenario } from '../../core/scenario.js';
import type { World } from '../../core/types.js';
import { privateHistory } from '../../market/histories.js';
import { spike } from '../../market/readings.js';
import { advanceNews } from '../../market/news.js';
import { flippedLabels, nextSourceNoise, observeSources } from '../../market/signals.js';
import { createStage } from '../../market/stage.js';
import { createWorld } from '../../market/world.js';
import { correlation } from './moments.js';
import { dayOf, paymentsOf, plainAsset, threeBanks, worldWith } from './small-world.js';

const assets = ['a', 'b', 'c', 'd', 'e'].map((id) => plainAsset(id));

/** Three banks that read two sources. */
const reading = (first: object, second: object = {}, more: object = {}): Scenario =>
  threeBanks({
    type: { sources: ['one', 'two'] },
    assets,
    fundamentals: { degreesOfFreedom: null },
    more: { sources: { one: first, two: second }, ...more },
  });

/** Readings of the coming day with the given number of days before it: institutions x sources x assets. */
function readingsAfter(scenario: Scenario, days: number): Float64Array[] {
  const stage = createStage(scenario);
  let world: World = { ...createWorld(scenario, stage), day: 1 };
  return Array.from({ length: days }, (_, d) => {
    const read = observeSources(scenario, stage, world);
    world = {
      ...world,
      day: d + 2,
      news: advanceNews(scenario, stage, d + 1, world.news, world.news.fading),
      noise: nextSourceNoise(scenario, stage, d + 2, world.noise),
    };
    return read;
  });
}

const of = (read: Float64Array, i: number, s: number): number[] =>
  Array.from(read.subarray((2 * i + s) * 5, (2 * i + s + 1) * 5));
const firstDay = (scenario: Scenario): Float64Array => readingsAfter(scenario, 1)[0]!;

describe('what a source says', () => {
  const plain = firstDay(reading({}));

  it('covers its share of assets, the same for all, in history too, and leaves the rest of the noise alone', () => {
    const scenario = reading({ coverage: 0.4 });
    const read = firstDay(scenario);
    const told = of(read, 0, 0).map((x) => x !== 0);
    expect(told.filter(Boolean)).to.have.length(2);
    expect(of(read, 2, 0).map((x) => x !== 0)).to.deep.equal(told);
    expect(of(read, 0, 1)).to.deep.equal(of(plain, 0, 1));
    of(read, 0, 0).forEach((x, a) => expect(x).to.equal(told[a] ? of(plain, 0, 0)[a] : 0));
    const { sources } = privateHistory(scenario, createStage(scenario), 1);
    expect(Array.from(sources.subarray(0, 5)).map((x) => x !== 0)).to.deep.equal(told);
  });

  it('is silent to those from whom a mandate withdrew it, in history too', () => {
    const scenario = reading({});
    const stage = createStage(scenario);
    const left = [['one', 'two'], ['two'], ['one']];
    const read = observeSources(scenario, stage, { ...createWorld(scenario, stage), day: 1 }, left);
    const silent = [0, 0, 0, 0, 0];
    expect(of(read, 1, 0)).to.deep.equal(silent);
    expect(of(read, 1, 1)).to.deep.equal(of(plain, 1, 1));
    const { sources } = privateHistory(scenario, stage, 1, left[1]);
    expect(Array.from(sources.subarray(0, 5))).to.deep.equal(silent);
    expect(Array.from(sources.subarray(5, 10))).not.to.include(0);
  });

  it('costs each subscriber its price by the day', () => {
    const scenario = reading({ priceUsd: 252 }, { priceUsd: 504 });
    const { facts } = dayOf(scenario, worldWith(scenario, { cash: [100, 100, 100] }));
    const fees = paymentsOf(facts).filter(({ kind }) => kind === 'data-fee');
    expect(fees.map(({ from, to, amount }) => [from, to, amount])).to.deep.equal(
      [0, 1, 2].map((i) => [i, 3, 3]),
    );
  });

  it('shares its noise as it says, whatever homogeneity says of others', () => {
    const read = firstDay(reading({ sharedNoise: 1 }, {}, { homogeneity: { signals: 0 } }));
    expect(of(read, 0, 0)).to.deep.equal(of(read, 1, 0));
    expect(of(read, 0, 1)).not.to.deep.equal(of(read, 1, 1));
  });

  /** Correlation of the noise of two sources, read by one institution each. */
  const acrossSources = (first: object, second: object, readers = [0, 0]): number => {
    const scenario = reading(
      { informationCoefficient: 0, ...first },
      { informationCoefficient: 0, ...second },
    );
    const days = readingsAfter(scenario, 400);
    const [one, two] = readers.map((i, s) => days.flatMap((read) => of(read, i, s))) as [number[], number[]];
    return correlation(one, two);
  };

  it('is correlated with another in its noise by the root of the product of their shares', () => {
    const [one, two] = [{ correlation: 0.9 }, { correlation: 0.4 }];
    for (const i of [0, 2]) expect(acrossSources(one, two, [i, i])).to.be.closeTo(0.6, 0.08);
    expect(acrossSources({}, {})).to.be.closeTo(0, 0.08);
  });

  it('is correlated with another less where subscribers have unequal shares of the two in common', () => {
    const correlated = (c: number, s: number): object => ({ correlation: c, sharedNoise: s });
    const law = (s: number, q: number): number => Math.sqrt(s * q) + Math.sqrt((1 - s) * (1 - q));
    for (const [s, q] of [
      [0.9, 0.1],
      [0.5, 1],
      [0.3, 0.3],
      [0, 1],
    ] as const)
      expect(acrossSources(correlated(0.9, s), correlated(0.4, q)), `${s} and ${q}`).to.be.closeTo(
        0.6 * law(s, q),
        0.08,
      );
    const apart = acrossSources(correlated(0.9, 0.9), correlated(0.4, 0.1), [0, 1]);
    expect(apart, 'two subscribers').to.be.closeTo(0.6 * Math.sqrt(0.9 * 0.1), 0.08);
  });

  it('is excited by large returns, which fade', () => {
    const scenario = reading({ spikes: { gain: 0.5, threshold: 3, halfLifeDays: 1 } });
    const asset = createStage(scenario).assets[0]!;
    const day = asset.dailyVolatility;
    expect(spike(scenario.sources['one']!, asset, [4 * day])).to.be.closeTo(2, 1e-12);
    expect(spike(scenario.sources['one']!, asset, [day, -4 * day, 2.9 * day])).to.be.closeTo(-1, 1e-12);
    expect(spike(scenario.sources['one']!, asset, [2.9 * day])).to.equal(0);
  });

  describe('excited and late', () => {
    const excited = (gain: number, delays: readonly [number, number]): Scenario => {
      const [first, second] = delays.map((delayDays) => ({
        delayDays,
        spikes: { gain, threshold: 1e-9, halfLifeDays: 20 },
      })) as [object, object];
      return reading(first, second, { learning: { historyDays: 60 } });
    };
    /** What returns, newest first, add to a reading. */
    const excitementOf = (scenario: Scenario, returns: readonly number[], a: number): number =>
      spike(scenario.sources['one']!, createStage(scenario).assets[a]!, returns);

    const scenario = excited(1, [0, 7]);
    const louder = excited(2, [0, 7]);

    it('tells the excitement of its day, with the same memory', () => {
      const stage = createStage(scenario);
      const heard: number[][][] = [];
      const closes: Float64Array[] = [];
      let world = createWorld(scenario, stage);
      for (let day = 1; day <= 40; day++) {
        closes.push(world.recent.at(-1)!);
        const [soft, loud] = [scenario, louder].map((one) => observeSources(one, stage, world));
        heard.push([0, 1].map((s) => of(loud!, 0, s).map((x, a) => x - of(soft!, 0, s)[a]!)));
        ({ world } = dayOf(scenario, world));
      }
      const before = (d: number, a: number): number[] =>
        Array.from({ length: Math.min(20, d) }, (_, j) => closes[d - j]![a]! - closes[d - j - 1]![a]!);
      heard.forEach(([prompt, late], d) => {
        prompt!.forEach((x, a) => expect(x).to.be.closeTo(excitementOf(scenario, before(d, a), a), 1e-9));
        late!.forEach((x, a) => expect(x, `day ${d + 1}`).to.be.closeTo(heard[d - 7]?.[0]![a] ?? 0, 1e-9));
      });
      expect(Math.abs(heard[39]![1]![0]!)).to.be.greaterThan(0.1);
    });

    it('tells it in history too, from its first day on', () => {
      const stage = createStage(scenario);
      const [soft, loud] = [scenario, louder].map((one) => privateHistory(one, stage, 0));
      const told = (d: number, s: number, a: number): number => {
        const at = (2 * d + s) * 5 + a;
        return loud!.sources[at]! - soft!.sources[at]!;
      };
      const before = (d: number, a: number): number[] =>
        Array.from({ length: 20 }, (_, j) => soft!.logReturns[(d - 1 - j) * 5 + a]!);
      for (let d = 0; d < 60; d++)
        for (let a = 0; a < 5; a++) {
          if (d >= 20) expect(told(d, 0, a)).to.be.closeTo(excitementOf(scenario, before(d, a), a), 1e-4);
          if (d >= 27) expect(told(d, 1, a)).to.be.closeTo(excitementOf(scenario, before(d - 7, a), a), 1e-4);
          if (d >= 7) expect(told(d, 1, a)).to.be.closeTo(told(d - 7, 0, a), 1e-4);
          expect(Math.abs(told(d, 1, a)), `day ${d} of history`).to.be.greaterThan(0);
        }
    });

    it('is remembered for as long as it takes, and by no world whose excited sources are prompt', () => {
      const kept = (one: Scenario): number => {
        let world = createWorld(one, createStage(one));
        for (let day = 1; day <= 40; day++) ({ world } = dayOf(one, world));
        return world.recent.length;
      };
      expect(kept(scenario)).to.equal(28);
      expect(kept(excited(0, [0, 7]))).to.equal(21);
      expect(kept(excited(1, [0, 0]))).to.equal(21);
    });
  });

  it('is dirty for all alike, as often as it says', () => {
    const days = readingsAfter(reading({ dirt: { missing: 0.3, outliers: 0.1, outlierSize: 50 } }), 200);
    const missing = days.map((read) => of(read, 0, 0).map((x) => x === 0));
    days.forEach((read, d) => expect(of(read, 1, 0).map((x) => x === 0)).to.deep.equal(missing[d]));
    const share = missing.flat().filter(Boolean).length / 1000;
    expect(share).to.be.closeTo(0.3, 0.05);
    const far = days.flatMap((read) => of(read, 0, 0)).filter((x) => Math.abs(x) > 20).length / 1000;
    expect(far).to.be.closeTo(0.07, 0.03);
  });

  it('tells the news of the day before where it is stale', () => {
    const certain = { informationCoefficient: 1 };
    const late = readingsAfter(reading({ ...certain, delayDays: 1 }, certain), 6);
    const stale = readingsAfter(reading({ ...certain, dirt: { stale: 1 } }, certain), 6);
    expect(stale.map((read) => of(read, 0, 0))).to.deep.equal(late.map((read) => of(read, 0, 0)));
  });
});

describe('a poisoned source', () => {
  const poisoned = (poison: object): Scenario => reading({ poison: { from: 3, to: 4, ...poison } });
  const clean = readingsAfter(reading({}), 6);

  it('is as it was before its day and after', () => {
    const read = readingsAfter(poisoned({ kind: 'sign-flip' }), 6);
    const differs = read.map((day, d) => day.some((x, at) => x !== clean[d]![at]));
    expect(differs).to.deep.equal([false, false, true, true, false, false]);
  });

  it('adds a bias, turns signs, or adds noise, where it is told to', () => {
    const third = (poison: object): number[] => of(readingsAfter(poisoned(poison), 3)[2]!, 0, 0);
    const before = of(clean[2]!, 0, 0);
    expect(third({ kind: 'bias', size: 2, assets: ['b'] })).to.deep.equal(
      before.map((x, a) => (a === 1 ? x + 2 : x)),
    );
    expect(third({ kind: 'sign-flip' })).to.deep.equal(before.map((x) => -x));
    const noisy = third({ kind: 'targeted-noise', size: 3, assets: ['c', 'd'] });
    expect(noisy.map((x, a) => x !== before[a])).to.deep.equal([false, false, true, true, false]);
    expect(third({ kind: 'label-flip' })).to.deep.equal(before);
  });

  it('strikes the share of subscribers that it says', () => {
    const read = readingsAfter(poisoned({ kind: 'bias', share: 0.34 }), 3)[2]!;
    const struck = [0, 1, 2].filter((i) => of(read, i, 0)[0] !== of(clean[2]!, i, 0)[0]);
    expect(struck).to.have.length(2);
  });

  it('turns the labels of its victims, on its days', () => {
    const scenario = poisoned({ kind: 'label-flip', assets: ['a'] });
    const stage = createStage(scenario);
    expect(flippedLabels(scenario, stage, 2)).to.have.length(0);
    expect(Array.from(flippedLabels(scenario, stage, 3).subarray(0, 6))).to.deep.equal([1, 0, 0, 0, 0, 1]);
  });

  it('turns no label of an asset that it does not cover', () => {
    const scenario = poisoned({ kind: 'label-flip', assets: [] });
    const partly = {
      ...scenario,
      sources: { ...scenario.sources, one: { ...scenario.sources['one']!, coverage: 0.4 } },
    };
    const told = of(firstDay(partly), 1, 0).map((x) => (x === 0 ? 0 : 1));
    expect(Array.from(flippedLabels(partly, createStage(partly), 3).subarray(5, 10))).to.deep.equal(told);
  });

  it('strikes its share of those whom mandates leave it, and nobody else', () => {
    const left = [['one', 'two'], ['two'], ['one']];
    const struckOf = (kind: string, share: number): number[] => {
      const scenario = poisoned({ kind, share });
      const stage = createStage(scenario);
      const world = { ...createWorld(scenario, stage), day: 3 };
      const clear = reading({});
      const [read, plain] = [scenario, clear].map((one) => observeSources(one, stage, world, left));
      const flipped = flippedLabels(scenario, stage, 3, left);
      return [0, 1, 2].filter((i) =>
        kind === 'label-flip' ? flipped[i * 5] : of(read!, i, 0).some((x, a) => x !== of(plain!, i, 0)[a]),
      );
    };
    for (const kind of ['label-flip', 'sign-flip']) {
      expect(struckOf(kind, 1)).to.deep.equal([0, 2]);
      expect(struckOf(kind, 0.5)).to.have.length(1).and.not.include(1);
    }
  });
});
