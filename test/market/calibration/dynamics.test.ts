import { expect } from 'chai';
import { exp, log, mean, variance } from '../../../core/numeric.js';
import { openStream, streamKey } from '../../../core/random.js';
import { estimateUniverse, withUniverse } from '../../../market/calibration.js';
import { factorLikelihood, fitFactorGarch } from '../../../market/calibration/factor-garch.js';
import { nelderMead } from '../../../market/calibration/nelder-mead.js';
import { fitSwitching, smooth } from '../../../market/calibration/switching.js';
import { createStage } from '../../../market/stage.js';
import { firstNewsState, fundamentalLaw, nextNews } from '../../../market/fundamentals.js';
import { sharedText } from '../../shared.js';
import { scenarioOf } from '../fixture.js';

/** Standardised returns of the S&P 500 over its last years in the file. */
function index(context: Mocha.Context, days: number): Float64Array {
  const rows = sharedText(context, 'data/sp500_index_1990_2022.csv').trim().split('\n').slice(1);
  const logs = rows.map((row) => log(Number(row.split(',')[1]))).slice(-days - 1);
  const returns = Float64Array.from(logs.slice(1), (x, t) => x - logs[t]!);
  const [mu, sd] = [mean(returns), Math.sqrt(variance(returns))];
  return returns.map((r) => (r - mu) / sd);
}

describe('dynamics by maximum likelihood', () => {
  it('the filter’s likelihood is the sum over all paths of the chain', () => {
    const returns = Float64Array.of(0.3, -1.2, 2.1, 0.2, -0.4, 1.7);
    const law = { mean: [0.2, -0.5], stdDev: [0.7, 1.9], leave: [0.1, 0.3] } as const;
    const density = (r: number, s: 0 | 1): number =>
      exp(-(((r - law.mean[s]) / law.stdDev[s]) ** 2) / 2) / (law.stdDev[s] * Math.sqrt(2 * Math.PI));
    let total = 0;
    const second = new Float64Array(returns.length);
    for (let path = 0; path < 1 << returns.length; path++) {
      const states = Array.from(returns, (_, t) => ((path >> t) & 1) as 0 | 1);
      const weight = states.reduce<number>((p, s, t) => {
        if (t === 0) return (p * law.leave[1 - s]! * density(returns[0]!, s)) / (law.leave[0] + law.leave[1]);
        const was = states[t - 1]!;
        return p * (s === was ? 1 - law.leave[was] : law.leave[was]) * density(returns[t]!, s);
      }, 1);
      total += weight;
      states.forEach((s, t) => (second[t]! += s * weight));
    }
    const { logLikelihood, smoothed } = smooth(returns, law);
    expect(logLikelihood).to.be.closeTo(log(total), 1e-12);
    smoothed.forEach((p, t) => expect(p).to.be.closeTo(second[t]! / total, 1e-12));
  });

  // Reference: the same likelihoods written anew in numpy, and scipy 1.17's BFGS and Nelder-Mead on the whole file.
  it('two regimes of the S&P 500 are those that another solver finds', function () {
    const { value } = fitSwitching(index(this, 8312));
    expect(value.logLikelihood).to.be.closeTo(-10189.42379, 1e-4);
    expect(value.mean[0]).to.be.closeTo(0.04317, 5e-5);
    expect(value.mean[1]).to.be.closeTo(-0.09513, 5e-5);
    expect(value.stdDev[0]).to.be.closeTo(0.57738, 5e-5);
    expect(value.stdDev[1]).to.be.closeTo(1.56715, 5e-5);
    expect(value.leave[0]).to.be.closeTo(0.013541, 5e-6);
    expect(value.leave[1]).to.be.closeTo(0.029592, 5e-6);
  });

  it('so is its GJR-GARCH law with student-t innovations', function () {
    const returns = index(this, 8312);
    const { value } = fitFactorGarch([returns]);
    expect(factorLikelihood([returns], value)).to.be.closeTo(-9601.49486, 1e-4);
    expect(value.alpha).to.be.closeTo(0.001776, 5e-6);
    expect(value.gamma).to.be.closeTo(0.17688, 5e-5);
    expect(value.beta).to.be.closeTo(0.89818, 5e-5);
    expect(value.degreesOfFreedom).to.be.closeTo(6.793, 1e-3);
  });

  it('finds the law of the market’s own factors again', () => {
    const garch = { alpha: 0.03, gamma: 0.1, beta: 0.85 };
    const scenario = scenarioOf({
      market: {
        fundamentals: {
          factors: ['growth', 'rates'],
          garch,
          degreesOfFreedom: 6,
          regimes: { enterStress: 0 },
        },
      },
      assets: [
        {
          id: 'a',
          class: 'equity',
          floatUsd: 1e12,
          volatility: 0.01 * Math.sqrt(252),
          loadings: { growth: 1 },
        },
        {
          id: 'b',
          class: 'equity',
          floatUsd: 1e12,
          volatility: 0.01 * Math.sqrt(252),
          loadings: { rates: 1 },
        },
      ],
      institutions: {
        types: {
          bank: { share: 1, leverage: 2, leverageCap: 10, leverageTarget: 8, benchmark: { equity: 1 } },
        },
      },
    });
    const law = fundamentalLaw(scenario, createStage(scenario));
    const key = streamKey(4, 'test');
    const series = [new Float64Array(5000), new Float64Array(5000)];
    for (let d = 0, state = firstNewsState(law); d < 5000; d++) {
      const drawn = nextNews(law, state, openStream(key, d));
      ({ state } = drawn);
      series.forEach((returns, f) => (returns[d] = 100 * drawn.news.diffusion[f]!));
    }
    const { value } = fitFactorGarch(series);
    // Twice the gain over the truth is chi-squared with four degrees of freedom: 18.5 is passed once in a thousand.
    const gain =
      factorLikelihood(series, value) - factorLikelihood(series, { ...garch, degreesOfFreedom: 6 });
    expect(2 * gain).to.be.within(0, 18.5);
    expect(value.beta).to.be.closeTo(garch.beta, 0.05);
    expect(value.degreesOfFreedom).to.be.closeTo(6, 1);
  });

  it('becomes the scenario’s law of motion, in place of its jumps', function () {
    const text = sharedText(this, 'data/multiasset_6_prices_2010_2024.csv');
    const lines = text.trim().split('\n');
    const short = [lines[0], ...lines.slice(-800)].join('\n');
    const scenario = scenarioOf({ market: { calibration: { prices: 'x.csv', factors: 2 } } });
    const estimate = estimateUniverse(short, scenario);
    expect(estimate.problems).to.deep.equal([]);
    const { garch, regimes, jumps, degreesOfFreedom } = withUniverse(scenario, estimate).market.fundamentals;
    expect(garch.alpha + garch.gamma / 2 + garch.beta).to.be.within(0.1, 0.9995);
    expect(regimes.stressVolatility).to.be.within(1.2, 5);
    expect(regimes.stressCorrelation).to.equal(scenario.market.fundamentals.regimes.stressCorrelation);
    expect(jumps.perYear).to.equal(0);
    expect(degreesOfFreedom).to.be.within(2.05, 200);
    const kept = { ...scenario.market, calibration: { ...scenario.market.calibration, dynamics: [] } };
    expect(estimateUniverse(short, { ...scenario, market: kept }).fundamentals).to.deep.equal({});
  });

  it('prices without two regimes are refused, naming the key that leaves them out', () => {
    const date = (t: number): string =>
      `20${String(10 + Math.floor(t / 336))}-${String((Math.floor(t / 28) % 12) + 1).padStart(2, '0')}-${String((t % 28) + 1).padStart(2, '0')}`;
    // Prices stand still on most days: the likelihood of a regime without variance has no bound.
    const level = (t: number): number => (t < 300 ? 1 : exp(0.01 * (t % 2)));
    const rows = Array.from({ length: 400 }, (_, t) => `${date(t)},${level(t)},${level(t)}`);
    const scenario = scenarioOf({ market: { calibration: { prices: 'x.csv', factors: 1 } } });
    const { problems } = estimateUniverse(['date,a,b', ...rows].join('\n'), scenario);
    expect(problems.map(({ path, message }) => `${path.join('.')}: ${message}`)).to.deep.equal([
      "market.calibration.dynamics: no likeliest law of regimes for these prices; leave it out of dynamics to keep the scenario's",
    ]);
  });

  it('nelder-mead goes down a curved valley to its end', () => {
    const valley = ([x, y]: Float64Array): number => (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2;
    const { value } = nelderMead(valley, Float64Array.of(-1.2, 1), {
      step: 0.5,
      tolerance: 1e-14,
      maxIterations: 1000,
    });
    value.at.forEach((x) => expect(x).to.be.closeTo(1, 1e-5));
    expect(() =>
      nelderMead(valley, Float64Array.of(-1.2, 1), { step: 0.5, tolerance: 1e-14, maxIterations: 5 }),
    ).to.throw('did not converge');
  });
});
