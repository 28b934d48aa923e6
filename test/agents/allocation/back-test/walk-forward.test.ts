import { expect } from 'chai';
import { walkAccount, walkForward } from '../../../../agents/allocation/back-test/walk-forward.js';
import { overlays } from '../../../../agents/allocation/overlay/index.js';
import { slicings } from '../../../../agents/allocation/execution/index.js';
import { strategies, type StrategyName } from '../../../../agents/allocation/index.js';
import { triggers } from '../../../../agents/allocation/rebalancing/index.js';
import { pow } from '../../../../core/numeric.js';
import type { Account } from '../../../../core/back-test.js';
import { expectClose } from '../../../close.js';
import { chosen, historyOf, planOf, pricesOf, strategyNamed, tax } from './fixture.js';

const sixtyForty = { equities: [0, 2], bonds: [1, 3] };
const all = (Object.keys(strategies) as StrategyName[]).map((name) =>
  strategyNamed(name, { 'sixty-forty': sixtyForty, resampled: { resamples: 5 } }[name as string] ?? {}),
);
const free = { costBps: 0 };

describe('walk-forward back-test', () => {
  const days = 220;
  const history = pricesOf(5, days, 3);

  for (const strategy of all)
    it(`${strategy.name}: another future changes no past weight, and no past wealth`, () => {
      const cut = 150;
      const prices = history.prices.slice();
      // The days from the cut on in reverse.
      for (let t = cut; t < days; t++)
        prices.set(history.prices.subarray((days - 1 - (t - cut)) * 5, (days - (t - cut)) * 5), t * 5);
      const plan = planOf({ rebalancing: chosen(triggers.calendar, { every: 15 }) });
      const past = ({ decisions, weights, wealth }: Account) => ({
        decisions: decisions.filter(({ row }) => row <= cut).map(({ weights: w }) => Array.from(w)),
        weights: Array.from(weights.subarray(0, (cut - 61) * 5)),
        wealth: Array.from(wealth.subarray(0, cut - 61)),
      });
      const [a, b] = [history, { ...history, prices }].map((h) =>
        walkAccount(h, strategy, plan, 61, days - 1, false),
      );
      expect(past(a!)).to.deep.equal(past(b!));
      expect(a!.decisions.length).to.be.greaterThan(5);
      expect(a!.failures).to.deep.equal([]);
      expect(a!.wealth.at(-1)).not.to.equal(b!.wealth.at(-1));
    });

  it('a decision uses the close of the day before, not that of its own day', () => {
    const prices = history.prices.slice();
    for (let i = 0; i < 5; i++) prices[61 * 5 + i]! *= i === 0 ? 2 : 0.7;
    const first = (h: typeof history) =>
      walkAccount(h, strategyNamed('mean-variance'), planOf(), 61, 70, false).decisions[0]!.weights;
    expect(Array.from(first({ ...history, prices }))).to.deep.equal(Array.from(first(history)));
  });

  it('buy and hold is the mean of what its assets became, less the cost of buying them', () => {
    const { wealth, turnover } = walkAccount(
      history,
      strategyNamed('buy-and-hold'),
      planOf(),
      61,
      200,
      false,
    );
    const grown = Array.from(
      { length: 5 },
      (_, i) => history.prices[200 * 5 + i]! / history.prices[61 * 5 + i]!,
    );
    const mean = grown.reduce((a, b) => a + b, 0) / 5;
    expect(wealth.at(-1)).to.be.closeTo(mean - 0.001, 1e-12);
    expect(turnover.slice(1).every((t) => t < 1e-3)).to.equal(true);
  });

  it('equal weight, recomputed: weights return to a fifth every twenty days', () => {
    const { wealth } = walkAccount(history, strategyNamed('equal-weight'), planOf(free), 61, 200, false);
    let value = 1;
    let held = new Array<number>(5).fill(0.2);
    for (let t = 62; t <= 200; t++) {
      const moved = held.map((w, i) => (w * history.prices[t * 5 + i]!) / history.prices[(t - 1) * 5 + i]!);
      const total = moved.reduce((a, b) => a + b, 0);
      value *= total;
      held = (t - 61) % 20 === 0 ? held.map(() => 0.2) : moved.map((w) => w / total);
      expect(wealth[t - 61]).to.be.closeTo(value, 1e-12);
    }
  });

  it('an asset without prices on every day looked back on is not held', () => {
    const prices = history.prices.slice();
    for (let t = 0; t < 100; t++) prices[t * 5 + 2] = NaN;
    const { decisions } = walkAccount(
      { ...history, prices },
      strategyNamed('risk-parity'),
      planOf(),
      61,
      219,
      false,
    );
    expect(decisions[0]!.weights[2]).to.equal(0);
    expect(decisions.at(-1)!.row).to.equal(201);
    expect(decisions.at(-1)!.weights[2]).to.be.greaterThan(0.05);
  });

  it('where a strategy has no answer it holds, and says why', () => {
    const plan = planOf({ lookback: 3 });
    const { decisions, failures, wealth } = walkAccount(
      history,
      strategyNamed('minimum-cvar'),
      plan,
      61,
      120,
      false,
    );
    expect(decisions).to.deep.equal([]);
    expect(failures[0]!.reason).to.match(/too few/);
    expect(wealth.at(-1)).to.equal(1);
  });

  it('interest is earned on cash', () => {
    const plan = planOf({ ...free, cashRate: 0.0252 });
    const half = strategyNamed('volatility-target', { target: 1e-9 });
    const { wealth } = walkAccount(history, half, plan, 61, 71, false);
    expect(wealth.at(-1)).to.be.closeTo(1.0001 ** 11, 1e-6);
  });

  it('by threshold it rebalances when a weight has left its band, by signal when the target has moved', () => {
    const rows = (rebalancing: ReturnType<typeof chosen>, name: StrategyName) =>
      walkAccount(
        history,
        strategyNamed(name),
        planOf({ ...free, rebalancing: rebalancing as never }),
        61,
        219,
        false,
      ).decisions.map(({ row }) => row);
    const banded = rows(chosen(triggers.threshold, { band: 0.02 }), 'equal-weight');
    expect(banded.length).to.be.within(2, 15);
    expect(rows(chosen(triggers.threshold, { band: 0.2 }), 'equal-weight')).to.deep.equal([61]);
    expect(rows(chosen(triggers.signal, { change: 0.1 }), 'equal-weight')).to.deep.equal([61]);
    expect(rows(chosen(triggers.signal, { change: 0.1 }), 'mean-variance').length).to.be.greaterThan(2);
  });

  it('orders are sliced over days', () => {
    const plan = planOf({ ...free, slicing: chosen(slicings.twap, { days: 4 }) });
    const { weights } = walkAccount(history, strategyNamed('equal-weight'), plan, 61, 70, false);
    const invested = [0, 1, 2, 3].map((t) => weights.subarray(t * 5, t * 5 + 5).reduce((a, b) => a + b, 0));
    expectClose(invested, [0.25, 0.5, 0.75, 1], 0.02);
  });

  it('exclusions leave the budget to others; a drawdown stop sells', () => {
    const excluded = planOf({ overlay: [chosen(overlays.exclusion, { names: ['energy'] })] });
    const { decisions } = walkAccount(history, strategyNamed('equal-weight'), excluded, 61, 120, false);
    expectClose(Array.from(decisions[0]!.weights), [0, 0, 1 / 3, 1 / 3, 1 / 3], 1e-12);
    const falling = Float64Array.from(
      { length: 100 * 2 },
      (_, at) => 100 * pow(0.99, Math.max(0, Math.floor(at / 2) - 61)),
    );
    const wiggled = falling.map((p, at) => p * (1 + 0.001 * ((at * 7) % 5)));
    const stopped = planOf({
      ...free,
      rebalancing: chosen(triggers.calendar, { every: 1 }),
      overlay: [chosen(overlays['drawdown-stop'], { start: 0.02, limit: 0.1 })],
    });
    const { wealth } = walkAccount(
      historyOf(wiggled, 2),
      strategyNamed('equal-weight'),
      stopped,
      61,
      99,
      false,
    );
    expect(wealth.at(-1)).to.be.within(0.88, 0.93);
  });

  it('tax on a gain is due at its rate, in the year after it is paid, and losses are carried', () => {
    // One asset doubles before a sale, one stands still: weights of a half are restored on day 20.
    const prices = Float64Array.from({ length: 420 * 2 }, (_, at) => {
      const [t, i] = [Math.floor(at / 2), at % 2];
      return i === 1 ? 100 + (t % 2) * 0.001 : (t < 70 ? 100 : 200) + (t % 3) * 0.001;
    });
    const plan = planOf({
      ...free,
      tax: { ...tax, shortRate: 0.5 },
      rebalancing: chosen(triggers.calendar, { every: 20 }),
    });
    const test = (last: number) =>
      walkForward(historyOf(prices, 2), strategyNamed('equal-weight'), plan, 61, last);
    const { plain, taxed } = test(300);
    expect(plain.wealth.at(-1)).to.be.closeTo(1.5, 1e-3);
    // A quarter of the doubled half is sold: gain 0.125, tax at a half.
    expect(taxed!.plain.wealth.at(-1)).to.be.closeTo(1.5 - 0.0625, 1e-3);
    expect(taxed!.plain.taxed).to.be.closeTo(0.0625, 1e-3);
    expect(taxed!.plain.liquidated).to.be.closeTo(1.5 - 0.0625 - 0.5 * (0.5 - 0.125), 1e-3);
    // Half of what pays the tax is sold from the doubled asset, of which half is gain.
    expect(test(400).taxed!.plain.wealth.at(-1)).to.be.closeTo(1.5 - 0.0625 - 0.0625 / 8, 1e-3);
  });

  it('harvesting realises losses, keeps what it holds alike, and puts tax off', () => {
    const volatile = pricesOf(6, 400, 9);
    const plan = planOf({
      ...free,
      tax: { ...tax, order: 'hifo' },
      rebalancing: chosen(triggers.calendar, { every: 60 }),
    });
    const { taxed } = walkForward(volatile, strategyNamed('equal-weight'), plan, 61, 399);
    expect(taxed!.harvesting.harvested).to.be.greaterThan(0.01);
    expect(taxed!.plain.harvested).to.equal(0);
    expect(taxed!.harvesting.taxed).to.be.lessThan(taxed!.plain.taxed);
    const invested = taxed!.harvesting.weights.subarray(-6).reduce((a, b) => a + b, 0);
    expect(invested).to.be.closeTo(1, 0.02);
  });
});
