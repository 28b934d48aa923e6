import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decimal } from '../../../analysis/figures/say.js';
import { readScenario } from '../../../cli/scenario-file.js';
import { root } from '../../cli/herdscope.js';
import { catalogue } from '../../../cli/catalogue.js';
import { withGaussianNews } from '../../../analysis/realism/gaussian-news.js';
import { moments } from '../../../analysis/measures/performance/moments.js';
import { autocorrelation } from '../../../analysis/measures/performance/autocorrelation.js';
import { correlation, mean, variance } from '../../../core/numeric.js';
import { stream } from '../../../core/random.js';
import { check } from '../../../core/scenario/check.js';
import { scenarioSchema, type Scenario } from '../../../core/scenario.js';
import { estimateUniverse, withUniverse } from '../../../market/calibration.js';
import { principalLoadings } from '../../../market/calibration/loadings.js';
import { firstNewsState, fundamentalLaw, jumpReturn, nextNews } from '../../../market/fundamentals.js';
import { createStage } from '../../../market/stage.js';
import { smallScenario } from '../../small-run.js';

const days = 60_000;
const gaussianTwin = (scenario: Scenario): Scenario => withGaussianNews(scenario, principalLoadings);

/** Returns of every asset's value over many days. */
function news(scenario: Scenario): Float64Array[] {
  const stage = createStage(scenario);
  const law = fundamentalLaw(scenario, stage);
  let state = firstNewsState(law);
  const returns = stage.assets.map(() => new Float64Array(days));
  for (let day = 0; day < days; day++) {
    const next = nextNews(law, state, stream({ seed: 3, purpose: 'test-news', day }));
    ({ state } = next);
    stage.assets.forEach((asset, k) => {
      returns[k]![day] = next.news.drift[k]! + next.news.diffusion[k]! + jumpReturn(asset, next.news);
    });
  }
  return returns;
}

/** Pairs of assets, each with itself too. */
const pairs = (count: number): [number, number][] =>
  Array.from({ length: count }, (_, a) => a).flatMap((a) =>
    Array.from({ length: a + 1 }, (_, b): [number, number] => [a, b]),
  );

/** That two sets of series have the same means, variances and correlations, asset by asset. */
function expectAlike(real: readonly Float64Array[], twin: readonly Float64Array[], tolerance: number): void {
  real.forEach((returns, k) => {
    const error = Math.sqrt(variance(returns, 1) / days);
    expect(Math.abs(mean(returns) - mean(twin[k]!)), `mean ${k}`).below(5 * error);
    expect(variance(twin[k]!, 1) / variance(returns, 1), `variance ${k}`).closeTo(1, tolerance);
  });
  for (const [a, b] of pairs(real.length))
    expect(correlation(twin[a]!, twin[b]!), `correlation ${a} ${b}`).closeTo(
      correlation(real[a]!, real[b]!),
      tolerance,
    );
}

/** Days of the small scenario's three assets that are neither Gaussian nor in proportion to its own volatilities. */
const history = (count: number): number[][] => {
  const draws = stream({ seed: 5, purpose: 'test-history' });
  return Array.from({ length: count }, (_, t) => {
    const calm = t % 200 < 150 ? 1 : 3;
    const [x, y, z] = [0, 1, 2].map(() => draws.normal() * calm * 0.006) as [number, number, number];
    return [0.0008 + x, 0.5 * x - y, 0.0002 - 0.3 * x + 0.4 * y + 0.2 * z];
  });
};

/** What a schema and the checks beyond it say of a scenario. */
const problems = (scenario: Scenario): unknown[] => [
  ...(scenarioSchema(catalogue).safeParse(scenario).error?.issues ?? []),
  ...check(scenario, catalogue),
];

describe('Gaussian news', () => {
  describe('in the place of the law of factors', () => {
    const scenario = smallScenario();
    const [real, gaussian] = [scenario, gaussianTwin(scenario)].map((s) => news(s)[0]!) as [
      Float64Array,
      Float64Array,
    ];

    it('has thin tails and no memory, unlike the scenario’s own', () => {
      expect(Math.abs(moments(gaussian).excessKurtosis)).below(0.15);
      expect(Math.abs(autocorrelation(gaussian.map(Math.abs), 1)[0]!)).below(0.02);
      expect(moments(real).excessKurtosis).above(2);
      expect(autocorrelation(real.map(Math.abs), 1)[0]!).above(0.1);
    });

    it('has the same mean and, on average over assets, the same variance', () => {
      const [a, b] = [moments(real), moments(gaussian)];
      const error = Math.sqrt(a.variance / days);
      expect(Math.abs(a.mean - b.mean)).below(6 * error);
      expect(b.variance / a.variance).within(0.85, 1.15);
    });

    it('has, asset by asset, the variance that docs/how-to/realism.md tells for the default scenario', () => {
      const { scenario: shipped } = readScenario(undefined, []);
      const { regimes, jumps } = shipped.market.fundamentals;
      const share = regimes.enterStress / (regimes.enterStress + regimes.leaveStress);
      const diffusing = 1 + share * (regimes.stressVolatility ** 2 - 1);
      const jumping = (jumps.perYear / 252) * (jumps.mean ** 2 + jumps.stdDev ** 2);
      const drifting = (share * (1 - share) * regimes.stressDrift ** 2) / 252;
      const twin = gaussianTwin(shipped).market.fundamentals.regimes.stressVolatility ** 2;
      const page = readFileSync(join(root, 'docs/how-to/realism.md'), 'utf8').replace(/\s+/g, ' ');
      for (const { id, loadings } of shipped.assets) {
        const own = diffusing + (jumping + drifting) * (loadings['growth'] ?? 0) ** 2;
        const off = 100 * (twin / own - 1);
        expect(page).contain(`${id} ${off > 0 ? '+' : ''}${decimal(off, 1)}%`);
      }
    });

    it('has no scheduled shock, and leaves the rest of the scenario alone', () => {
      const twin = gaussianTwin(scenario);
      expect(twin.market.fundamentals.shocks).deep.equal([]);
      expect(problems(twin)).deep.equal([]);
      const { market } = scenario;
      expect({ ...twin, market: { ...twin.market, fundamentals: market.fundamentals } }).deep.equal(scenario);
    });
  });

  describe('in the place of a history', () => {
    const following = (drawn: 'bootstrap' | 'replay', rows: number[][]): Scenario =>
      smallScenario({ market: { fundamentals: { drawn, history: rows } } });

    it('is Gaussian and has the sample’s means, variances and correlations', () => {
      const rows = history(2000);
      const twin = gaussianTwin(following('bootstrap', rows));
      expect(twin.market.fundamentals.drawn).equal('factors');
      expect(twin.market.fundamentals.history).deep.equal([]);
      expect(problems(twin)).deep.equal([]);
      const drawn = news(twin);
      const sample = [0, 1, 2].map((k) => Float64Array.from(rows, (row) => row[k]!));
      expectAlike(sample, drawn, 0.03);
      for (const returns of drawn) {
        expect(Math.abs(moments(returns).excessKurtosis)).below(0.15);
        expect(Math.abs(autocorrelation(returns.map(Math.abs), 1)[0]!)).below(0.02);
      }
      expect(moments(sample[0]!).excessKurtosis).above(1.5);
    });

    it('takes of a replay the days that are replayed', () => {
      const rows = history(14);
      const more = [...rows, ...history(300).map((row) => row.map((r) => 5 * r))];
      const first = smallScenario().days;
      expect(gaussianTwin(following('replay', more))).deep.equal(
        gaussianTwin(following('replay', [...more.slice(0, first), ...rows])),
      );
      expect(gaussianTwin(following('replay', more)).assets).not.deep.equal(
        gaussianTwin(following('bootstrap', more)).assets,
      );
    });

    it('keeps calm volatilities where they were estimated from the same days', () => {
      const levels = [100, 100, 100];
      const rows = history(700).map((row, t) => {
        row.forEach((r, k) => (levels[k]! *= 1 + r));
        return [new Date(Date.UTC(2001, 0, 1 + t)).toISOString().slice(0, 10), ...levels].join(',');
      });
      const base = smallScenario({ market: { fundamentals: { drawn: 'bootstrap', history: history(20) } } });
      const calibration = { ...base.market.calibration, factors: 2, prices: 'prices.csv', dynamics: [] };
      const given = { ...base, market: { ...base.market, calibration } };
      const estimated = withUniverse(
        given,
        estimateUniverse(['date,shares,bonds,metal', ...rows].join('\n'), given),
      );
      gaussianTwin(estimated).assets.forEach(({ volatility }, k) => {
        expect(volatility).closeTo(estimated.assets[k]!.volatility, 1e-12);
      });
    });

    it('is refused where factors cannot have such moments', () => {
      const rows = history(300);
      const twin = (change: (row: number[], t: number) => number[]) => () =>
        gaussianTwin(following('bootstrap', rows.map(change)));
      expect(twin(([a, , c]) => [a!, 0.001, c!])).throws(RangeError, 'the history of "bonds" never varies');
      expect(twin(([a, b, c]) => [a!, b!, c! + 0.01])).throws(
        RangeError,
        /the news of "metal" has a mean of 2\d\d% a year, and the drift of factors is at most 100%/,
      );
      expect(twin(([, b, c], t) => [t % 2 === 0 ? 15 : -15, b!, c!])).throws(
        RangeError,
        'the news of "shares" has a volatility of 23812% a year',
      );
    });
  });
});
