import { expect } from 'chai';
import { channelsOfLoss } from '../../../analysis/losses/cash-effects.js';
import { lossesOf } from '../../../analysis/losses/losses.js';
import type { DayFacts } from '../../../core/events.js';
import { expectClose } from '../../close.js';
import { column, factsOf, noticesOf, smallScenario } from '../../small-run.js';

/** A violent small market: breaches, defaults, entrants. */
const violent = smallScenario({
  days: 60,
  assets: [
    { id: 'shares', class: 'equity', floatUsd: 1e12, volatility: 2.5, loadings: { growth: 0.9 } },
    { id: 'bonds', class: 'government', floatUsd: 1e12, volatility: 0.9, loadings: { rates: 0.9 } },
    { id: 'metal', class: 'commodity', floatUsd: 1e12, volatility: 2, loadings: { growth: 0.3 } },
  ],
  contagion: { entryDelayDays: 5, termDays: 5 },
});

describe('losses by channel', function () {
  this.timeout(30_000);
  let days: DayFacts[];
  before(async () => (days = await factsOf(violent)));

  it('add up to the change in equity of every institution on every day', () => {
    expect(noticesOf(days, 'default'), 'the run has defaults').not.to.have.length(0);
    expect(noticesOf(days, 'breach'), 'and breaches').not.to.have.length(0);
    for (const { day, losses } of lossesOf(days)) {
      const [was, is] = [days[day - 1]!, days[day]!].map((facts) =>
        column(facts, 'institutions', 'equityUsd'),
      );
      const size = column(days[day - 1]!, 'institutions', 'assetsUsd');
      for (let i = 0; i < is!.length; i++) {
        const sum = channelsOfLoss.reduce((total, name) => total + losses[name][i]!, 0);
        // Balance sheets are on record in single precision.
        const rounding = 3e-7 * Math.max(size[i]!, is![i]!, 1e9);
        expect(sum, `day ${day}, institution ${i}`).to.be.closeTo(is![i]! - was![i]!, rounding);
      }
    }
  });

  it('uses every channel in a run with defaults', () => {
    const all = [...lossesOf(days)];
    for (const name of channelsOfLoss)
      expect(
        all.some(({ losses }) => losses[name].some((x) => x !== 0)),
        name,
      ).to.equal(true);
  });

  it('splits a sale by hand: news, the path of its own sale, and the cost to a bystander', () => {
    const ints = (...x: number[]) => Int32Array.from(x);
    const reals = (...x: number[]) => Float64Array.from(x);
    const state = (day: number, price: number, units: number) => ({
      institutions: { day: ints(day, day), active: ints(1, 1) },
      assets: { day: ints(day), price: reals(price), netUnits: reals(day === 0 ? 0 : -4) },
      positions: { day: ints(day, day), institution: ints(0, 1), asset: ints(0, 0), units: reals(units, 5) },
    });
    // News takes the price from 10 to 9; a forced sale of 4 takes it on to 8 at a mean of 8.5.
    const fills = {
      institution: ints(0),
      asset: ints(0),
      wave: ints(1),
      units: reals(-4),
      price: reals(8.5),
    };
    const [found] = [
      ...lossesOf([
        { day: 0, tables: state(0, 10, 10) },
        { day: 1, tables: { ...state(1, 8, 6), fills } },
      ]),
    ];
    expectClose([...found!.losses.market], [-10, -5], 1e-12);
    expectClose([...found!.losses.fireSale], [0, -5], 1e-12);
    // 10 units fall by 1, and the four sold fetch 0.5 more than the close.
    expectClose([...found!.losses.ownTrades], [-8, 0], 1e-12);
  });
});
