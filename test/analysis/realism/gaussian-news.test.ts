import { expect } from 'chai';
import { withGaussianNews } from '../../../analysis/realism/gaussian-news.js';
import { moments } from '../../../analysis/measures/performance/moments.js';
import { autocorrelation } from '../../../analysis/measures/performance/autocorrelation.js';
import { stream } from '../../../core/random.js';
import type { Scenario } from '../../../core/scenario.js';
import { firstNewsState, fundamentalLaw, jumpReturn, nextNews } from '../../../market/fundamentals.js';
import { createStage } from '../../../market/stage.js';
import { smallScenario } from '../../small-run.js';

const days = 60_000;

/** Returns of the first asset's value over many days. */
function news(scenario: Scenario): Float64Array {
  const stage = createStage(scenario);
  const law = fundamentalLaw(scenario, stage);
  let state = firstNewsState(law);
  return Float64Array.from({ length: days }, (_, day) => {
    const next = nextNews(law, state, stream({ seed: 3, purpose: 'test-news', day }));
    ({ state } = next);
    return next.news.drift[0]! + next.news.diffusion[0]! + jumpReturn(stage.assets[0]!, next.news);
  });
}

describe('Gaussian news', () => {
  const scenario = smallScenario();
  const [real, gaussian] = [scenario, withGaussianNews(scenario)].map(news) as [Float64Array, Float64Array];

  it('has thin tails and no memory, unlike the scenario’s own', () => {
    expect(Math.abs(moments(gaussian).excessKurtosis)).below(0.15);
    expect(Math.abs(autocorrelation(gaussian.map(Math.abs), 1)[0]!)).below(0.02);
    expect(moments(real).excessKurtosis).above(2);
    expect(autocorrelation(real.map(Math.abs), 1)[0]!).above(0.1);
  });

  it('has the same mean and nearly the same variance', () => {
    const [a, b] = [moments(real), moments(gaussian)];
    const error = Math.sqrt(a.variance / days);
    expect(Math.abs(a.mean - b.mean)).below(6 * error);
    expect(b.variance / a.variance).within(0.85, 1.15);
  });

  it('has no scheduled shock, and leaves the rest of the scenario alone', () => {
    const { market } = withGaussianNews(scenario);
    expect(market.fundamentals.shocks).deep.equal([]);
    expect({ ...market, fundamentals: scenario.market.fundamentals }).deep.equal(scenario.market);
  });
});
