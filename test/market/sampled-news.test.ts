import { expect } from 'chai';
import { exp } from '../../core/numeric.js';
import { openStream, streamKey } from '../../core/random.js';
import { check } from '../../core/scenario/check.js';
import { estimateUniverse, withUniverse } from '../../market/calibration.js';
import { firstNewsState, fundamentalLaw, nextNews } from '../../market/fundamentals.js';
import { privateHistory } from '../../market/histories.js';
import { createStage } from '../../market/stage.js';
import { catalogue, runMarket } from './fixture.js';
import { plainAsset, threeBanks } from './small-world.js';

/** Days of two assets that nobody could mistake for one another. */
const history = Array.from({ length: 90 }, (_, t) => [0.0001 * (t + 1), -0.0002 * (t + 1)]);
const assets = [plainAsset('a'), plainAsset('b')];
const scenarioOf = (fundamentals: object, more: object = {}) =>
  threeBanks({ assets, fundamentals: { history, ...fundamentals }, more: { days: 60, ...more } });

describe('value from a history', () => {
  it('a replay gives its days as they stand, one a day, and scheduled shocks come on top', () => {
    const shocks = [{ day: 7, asset: 'b', size: -0.1 }];
    const run = runMarket(scenarioOf({ drawn: 'replay', shocks }));
    let before = Array.from(run.opening.tables.assets!['fundamental'] as Float64Array);
    run.days.forEach(({ day, tables }) => {
      const now = Array.from(tables.assets!['fundamental'] as Float64Array);
      now.forEach((v, a) => {
        const shock = day === 7 && a === 1 ? -0.1 : 0;
        expect(v - before[a]!).to.be.closeTo(history[day - 1]![a]! + shock, 1e-13);
      });
      before = now;
    });
  });

  it('a replay shows nothing of its days beforehand: pasts come from the factors', () => {
    const changed = history.map((row) => row.map((r) => -3 * r));
    const past = (rows: number[][]): Float32Array => {
      const scenario = scenarioOf({ drawn: 'replay', history: rows });
      return privateHistory(scenario, createStage(scenario), 0).logReturns;
    };
    expect(past(changed)).to.deep.equal(past(history));
  });

  it('a bootstrap draws whole days, in blocks of geometric length that go on round the end', () => {
    const scenario = scenarioOf({ drawn: 'bootstrap', blockDays: 5 });
    const law = fundamentalLaw(scenario, createStage(scenario));
    const key = streamKey(1, 'test');
    let state = firstNewsState(law);
    const rows: number[] = [];
    for (let d = 0; d < 4000; d++) {
      const { news, state: after } = nextNews(law, state, openStream(key, d));
      state = after;
      rows.push(state.row);
      news.diffusion.forEach((x, a) =>
        expect(x + news.drift[a]!).to.be.closeTo(history[state.row]![a]!, 1e-15),
      );
    }
    const follows = rows.slice(1).filter((row, t) => row === (rows[t]! + 1) % history.length).length;
    // 1 − 1/5, and one in ninety of the new blocks begins where the old one would have gone on.
    expect(follows / 3999).to.be.closeTo(0.8 + 0.2 / 90, 0.02);
    expect(new Set(rows).size).to.equal(history.length);
  });

  it('a history that is too short, or not of these assets, is refused with its key', () => {
    const problems = (fundamentals: object, more: object = {}) =>
      check(scenarioOf(fundamentals, more), catalogue).map(
        ({ path, message }) => `${path.join('.')}: ${message}`,
      );
    expect(problems({ drawn: 'replay' })).to.deep.equal([]);
    expect(problems({ drawn: 'replay' }, { days: 90 })).to.deep.equal([
      'market.fundamentals.drawn: "replay" of 90 days needs 91 days of returns, and market.fundamentals.history has 90',
    ]);
    expect(problems({ drawn: 'bootstrap', history: [] })[0]).to.contain('history has 0');
    expect(problems({ drawn: 'bootstrap', history: [[0.1, 0], [0.2]] })).to.deep.equal([
      'market.fundamentals.history.1: has 1 returns for 2 assets',
    ]);
  });

  it('a price file becomes the history, on the days that all assets have', () => {
    const day = (t: number): string =>
      `2001-0${1 + Math.floor(t / 28)}-${String((t % 28) + 1).padStart(2, '0')}`;
    const rows = Array.from(
      { length: 80 },
      (_, t) => `${day(t)},${t < 3 ? '' : exp(0.01 * t)},${exp(0.02 * (t % 3))}`,
    );
    const scenario = scenarioOf({ drawn: 'bootstrap', history: [] });
    const calibration = {
      ...scenario.market.calibration,
      prices: 'x.csv',
      factors: 1,
      minOverlapDays: 20,
      dynamics: [],
    };
    const given = { ...scenario, market: { ...scenario.market, calibration } };
    const estimate = estimateUniverse(['date,a,b', ...rows].join('\n'), given);
    const { history: found } = withUniverse(given, estimate).market.fundamentals;
    expect(found.length).to.equal(76);
    expect(found[0]![0]).to.be.closeTo(0.01, 1e-12);
    expect(found[0]![1]).to.be.closeTo(0.02 * ((4 % 3) - (3 % 3)), 1e-12);
  });
});
