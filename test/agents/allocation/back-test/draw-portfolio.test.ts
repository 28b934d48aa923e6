import { expect } from 'chai';
import { drawPortfolio } from '../../../../agents/allocation/back-test/draw-portfolio.js';
import { walkAccount } from '../../../../agents/allocation/back-test/walk-forward.js';
import { acrossPortfolios } from '../../../../analysis/back-test/portfolios.js';
import { walkForward } from '../../../../agents/allocation/back-test/walk-forward.js';
import { planOf, pricesOf, strategyNamed } from './fixture.js';

describe('portfolios drawn from a price history', () => {
  const history = pricesOf(6, 140, 5);
  const held = (n: number): number[] => {
    const drawn = drawPortfolio(history, 3, 1, n);
    const { decisions } = walkAccount(drawn, strategyNamed('equal-weight'), planOf(), 61, 80, false);
    return [...decisions[0]!.weights.keys()].filter((i) => decisions[0]!.weights[i]! > 0);
  };

  it('hold the assets drawn and no others, the same every time, others the next time', () => {
    expect(held(1)).to.have.length(3);
    expect(held(1)).to.deep.equal(held(1));
    const all = new Set([0, 1, 2, 3, 4, 5, 6, 7].flatMap(held));
    expect(all.size).to.equal(6);
  });

  it('are summed up by their mean, their spread, and how often each strategy beats the first', () => {
    const names = ['equal-weight', 'inverse-volatility'] as const;
    const tests = [1, 2, 3, 4].map((n) =>
      names.map((name) =>
        walkForward(drawPortfolio(history, 3, 1, n), strategyNamed(name), planOf(), 61, 139),
      ),
    );
    const [equal, inverse] = acrossPortfolios(tests, 0);
    const end = (test: (typeof tests)[number][number]): number =>
      Math.exp((Math.log(test.plain.wealth.at(-1)!) * 252) / 79) - 1;
    const grown = tests.map((t) => end(t[0]!));
    const { value, interval } = equal!.metrics['annualReturn']!;
    expect(value).to.be.closeTo(grown.reduce((a, b) => a + b, 0) / 4, 1e-9);
    expect(interval![0]).to.be.within(Math.min(...grown), value!);
    expect(equal!.beats).to.equal(null);
    const sharpe = (x: Float64Array): number => {
      const r = Array.from(x, (w, t) => (t === 0 ? w - 1 : w / x[t - 1]! - 1));
      const m = r.reduce((a, b) => a + b, 0) / r.length;
      return m / Math.sqrt(r.reduce((a, b) => a + (b - m) ** 2, 0));
    };
    const wins = tests.filter(([a, b]) => sharpe(b!.plain.wealth) > sharpe(a!.plain.wealth)).length;
    expect(inverse!.beats).to.equal(wins / 4);
  });
});
