import { expect } from 'chai';
import { drawdown, openDesk, passDay, wealthRatio } from '../../agents/desk.js';
import type { SeatBrief } from '../../core/protocol.js';
import { column, factsOf, smallScenario } from '../small-run.js';

const seat = (window: number) => ({ overlay: [{ rule: 'drawdown-stop', window }] }) as unknown as SeatBrief;
const none = new Float64Array(1);

describe('a trading desk', () => {
  it('remembers its value as far back as its rules look, and its peak for good', () => {
    const desk = openDesk(seat(2), 1);
    for (const gain of [1, -0.5, -0.1, 0.2]) passDay(desk, gain, none);
    // Values 1, 2, 1, 0.9, 1.08.
    expect(wealthRatio(desk)).to.be.closeTo(0.54, 1e-15);
    expect(drawdown(desk, 2)).to.equal(0);
    passDay(desk, -0.25, none);
    expect(drawdown(desk, 2)).to.be.closeTo(0.25, 1e-15);
    expect(drawdown(desk, 1)).to.be.closeTo(0.25, 1e-15);
  });

  it('a book that lost everything stays at nothing', () => {
    const desk = openDesk(seat(5), 1);
    passDay(desk, -1.5, none);
    passDay(desk, 1, none);
    expect([wealthRatio(desk), drawdown(desk, 5)]).to.deep.equal([0, 1]);
  });

  it('averages volume', () => {
    const desk = openDesk(seat(1), 1);
    passDay(desk, 0, Float64Array.of(8));
    passDay(desk, 0, Float64Array.of(16));
    expect(desk.volume[0]).to.equal(16);
    expect(desk.averageVolume[0]).to.be.within(8.1, 8.2);
  });
});

describe('rebalancing and execution in the loop', () => {
  const tradingDays = async (changed: object): Promise<number[]> => {
    const type = { strategy: { name: 'equal-weight' }, turnoverBudget: 1, ...changed };
    const days = await factsOf(smallScenario({ institutions: { types: { bank: type, fund: type } } }));
    return days.flatMap((facts) => {
      const wave = column(facts, 'fills', 'wave');
      return Array.from(wave).some((w) => w === 0) ? [facts.day] : [];
    });
  };

  it('by calendar, every fourth day', async () => {
    const rebalancing = { trigger: 'calendar', every: 4 };
    expect(await tradingDays({ rebalancing })).to.deep.equal([1, 5, 9]);
  });

  it('orders of two days follow each rebalancing', async () => {
    const rebalancing = { trigger: 'calendar', every: 4 };
    const execution = { slicing: 'twap', days: 2 };
    expect(await tradingDays({ rebalancing, execution })).to.deep.equal([1, 2, 5, 6, 9, 10]);
  });

  it('within a wide band, once', async () => {
    expect(await tradingDays({ rebalancing: { trigger: 'threshold', band: 1 } })).to.deep.equal([1]);
  });

  it('an excluded class is sold, and a hedge may be held short', async () => {
    const overlay = [
      { rule: 'exclusion', by: 'class', names: ['government'] },
      { rule: 'beta-hedge', asset: 'metal', maxShort: 0.2 },
    ];
    const type = { overlay, execution: { slicing: 'immediate' }, turnoverBudget: 1 };
    const days = await factsOf(smallScenario({ institutions: { types: { bank: type, fund: type } } }));
    const first = days[1]!;
    const assets = Array.from(column(first, 'positions', 'asset'));
    const units = Array.from(column(first, 'positions', 'units'));
    expect(Math.max(0, ...units.filter((_, i) => assets[i] === 1).map(Math.abs))).to.be.lessThan(1);
    expect(units.some((q, i) => assets[i] === 2 && q < 0)).to.equal(true);
  });
});
