import { expect } from 'chai';
import { mean } from '../../core/numeric.js';
import { openStream, streamKey } from '../../core/random.js';
import type { NewsDay } from '../../core/types.js';
import {
  firstNewsState,
  fundamentalLaw,
  jumpReturn,
  nextNews,
  type FundamentalLaw,
  type NewsState,
} from '../../market/fundamentals.js';
import { createStage } from '../../market/stage.js';
import { correlation, variance } from './moments.js';
import { plainAsset, threeBanks } from './small-world.js';

const still = { garch: { alpha: 0, gamma: 0, beta: 0 }, degreesOfFreedom: null, jumps: { perYear: 0 } };
const calm = { regimes: { enterStress: 0, leaveStress: 0.5 } };
/** Asset a is the factor itself, b loads on it by 0.6, c not at all. */
const assets = [
  plainAsset('a', { loadings: { growth: 1 } }),
  plainAsset('b', { loadings: { growth: 0.6 }, drift: 0.1 }),
  plainAsset('c'),
];

const lawOf = (fundamentals: object, more: object = {}): FundamentalLaw => {
  const scenario = threeBanks({
    assets,
    fundamentals: { ...still, ...calm, ...fundamentals },
    more: { ...more },
  });
  return fundamentalLaw(scenario, createStage(scenario));
};

/** Days of news, each with the state before it. */
function sample(law: FundamentalLaw, days: number): { news: NewsDay; before: NewsState; after: NewsState }[] {
  const key = streamKey(3, 'test-news');
  let before = firstNewsState(law);
  return Array.from({ length: days }, (_, d) => {
    const { news, state } = nextNews(law, before, openStream(key, d));
    const row = { news, before, after: state };
    before = state;
    return row;
  });
}

describe('fundamentals', () => {
  it('factor variance follows the GJR recursion, day by day', () => {
    const garch = { alpha: 0.05, gamma: 0.1, beta: 0.8 };
    for (const { news, before, after } of sample(lawOf({ garch, degreesOfFreedom: 5 }), 300)) {
      const v = before.factorVariance[0]!;
      const e = news.diffusion[0]! / (0.01 * Math.sqrt(v)); // asset a has no noise of its own
      const next = 1 - 0.05 - 0.05 - 0.8 + (e < 0 ? 0.15 : 0.05) * v * e ** 2 + 0.8 * v;
      expect(after.factorVariance[0]).to.be.closeTo(next, 1e-12);
    }
  });

  it('factor variance has mean 1 and rises after falls', () => {
    const rows = sample(lawOf({ garch: { alpha: 0.03, gamma: 0.1, beta: 0.85 } }), 30_000);
    expect(mean(rows.map(({ after }) => after.factorVariance[0]!))).to.be.closeTo(1, 0.04);
    const r = rows.map(({ news }) => news.diffusion[0]!);
    expect(
      correlation(
        r.slice(0, -1),
        r.slice(1).map((x) => x ** 2),
      ),
    ).to.be.below(-0.05);
  });

  it('volatility and correlation are what volatilities and loadings say', () => {
    const rows = sample(lawOf({}), 20_000);
    const of = (k: number): number[] => rows.map(({ news }) => news.diffusion[k]!);
    for (const k of [0, 1, 2]) expect(Math.sqrt(variance(of(k)))).to.be.closeTo(0.01, 4 * (0.01 / 200));
    expect(correlation(of(0), of(1))).to.be.closeTo(0.6, 0.02);
    expect(correlation(of(0), of(2))).to.be.closeTo(0, 0.03);
  });

  it('student-t innovations have unit variance and their kurtosis', () => {
    const rows = sample(lawOf({ degreesOfFreedom: 10 }), 25_000);
    const e = rows.map(({ news }) => news.diffusion[0]! / 0.01);
    expect(variance(e)).to.be.closeTo(1, 0.03);
    expect(mean(e.map((x) => x ** 4))).to.be.closeTo(3 + 6 / (10 - 4), 0.4);
  });

  it('stress lasts as long as its probabilities say, and moves volatility, drift and correlation', () => {
    const regimes = {
      enterStress: 0.05,
      leaveStress: 0.1,
      stressVolatility: 2,
      stressDrift: -3,
      stressCorrelation: 0.5,
    };
    const law = lawOf({ regimes });
    const rows = sample(law, 40_000);
    const stress = rows.filter(({ news }) => news.regime === 'stress').map(({ news }) => news);
    expect(stress.length / rows.length).to.be.closeTo(1 / 3, 0.033); // four standard errors
    const of = (k: number): number[] => stress.map((news) => news.diffusion[k]!);
    expect(Math.sqrt(variance(of(2)))).to.be.closeTo(0.02, 0.0005);
    // Half of b's own variance of 0.64 joins the factor: a loading of √(0.36 + 0.32).
    expect(correlation(of(0), of(1))).to.be.closeTo(Math.sqrt(0.68), 0.02);
    expect(correlation(of(0), of(2)), 'c does not load').to.be.closeTo(0, 0.03);
    const drift = (regime: 'calm' | 'stress', k: number): number => law.regimes[regime].drift[k]!;
    expect(drift('stress', 1) - drift('calm', 1)).to.be.closeTo(
      (-3 * 0.01 * Math.sqrt(252) * 0.6) / 252,
      1e-15,
    );
  });

  it('jumps come and weigh as their law says, and drift makes up for their mean', () => {
    const law = lawOf({ jumps: { perYear: 126, mean: -4, stdDev: 1.5 } });
    const jumps = sample(law, 20_000).map(({ news }) => news.jumps);
    const sizes = jumps.flat();
    expect(sizes.length / jumps.length).to.be.closeTo(0.5, 4 * Math.sqrt(0.5 / 20_000));
    expect(mean(sizes)).to.be.closeTo(-4, (4 * 1.5) / 100);
    expect(Math.sqrt(variance(sizes))).to.be.closeTo(1.5, 0.05);
    expect(law.regimes.calm.drift[1]! + 0.5 * -4 * 0.6 * 0.01).to.be.closeTo(0.1 / 252, 1e-15);
    const scenario = threeBanks({ assets });
    const [, b] = createStage(scenario).assets;
    const news = { jumps: [-3, -1] } as unknown as NewsDay;
    expect(jumpReturn(b!, news)).to.be.closeTo(-4 * 0.6 * 0.01, 1e-15);
  });

  it('the standard deviation of a horizon is that of its sum, given the state', () => {
    const garch = { alpha: 0.1, gamma: 0, beta: 0.8 };
    const law = lawOf({ garch }, { tradeEvery: 3 });
    const state: NewsState = { regime: 'calm', factorVariance: Float64Array.of(4), row: -1 };
    const { news } = nextNews(law, state, openStream(streamKey(1, 'x'), 0));
    // E v = 4, 1 + 0.9 · 3, 1 + 0.81 · 3: a carries all of it, b a share of 0.36 beside 0.64 of its own.
    const v = 4 + 3.7 + 3.43;
    expect(news.horizonStdDev[0]).to.be.closeTo(0.01 * Math.sqrt(v), 1e-15);
    expect(news.horizonStdDev[1]).to.be.closeTo(0.01 * Math.sqrt(0.36 * v + 0.64 * 3), 1e-15);
    expect(news.horizonStdDev[2]).to.be.closeTo(0.01 * Math.sqrt(3), 1e-15);
  });
});
