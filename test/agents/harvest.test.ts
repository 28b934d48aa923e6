import { expect } from 'chai';
import { harvestLosses, type Harvestable } from '../../agents/harvest.js';
import { openDesk } from '../../agents/desk.js';
import type { Mind } from '../../agents/mind.js';
import { expectClose } from '../close.js';

/** Three assets; the second moves with the first, the third against it. */
const covariance = Float64Array.of(4, 3, -2, 3, 9, -1, -2, -1, 1);
const situation = (changes: Partial<Harvestable> = {}): Harvestable => ({
  day: 50,
  washSaleDays: 30,
  atLoss: Float64Array.of(6, 0, 0),
  units: Float64Array.of(10, 10, 10),
  prices: Float64Array.of(10, 20, 5),
  wealth: 400,
  permitted: Uint8Array.of(1, 1, 1),
  covariance,
  ...changes,
});
const mindWith = (seat: object = {}): Mind => {
  const whole = {
    overlay: [],
    harvesting: { threshold: 0.05, every: 21 },
    turnoverBudget: 1,
    positionLimit: 1,
    ...seat,
  };
  return { seat: whole, desk: openDesk(whole as never, 3) } as unknown as Mind;
};
const none = new Float64Array(3);

describe('harvesting of losses by an institution', () => {
  it('sells what has lost and buys what moves most like it, for the same money', () => {
    expectClose(harvestLosses(mindWith(), situation(), none), [-6, 3, 0], 1e-15);
  });

  it('a sale that the strategy wants counts; only the rest is bought elsewhere', () => {
    expectClose(harvestLosses(mindWith(), situation(), Float64Array.of(-4, 0, 0)), [-6, 1, 0], 1e-15);
    expectClose(harvestLosses(mindWith(), situation(), Float64Array.of(-8, 0, 0)), [-8, 0, 0], 1e-15);
  });

  it('does not buy back within the wash window, but the substitute; afterwards it does', () => {
    const mind = mindWith();
    harvestLosses(mind, situation(), none);
    const later = situation({ day: 80, atLoss: none });
    expectClose(harvestLosses(mind, later, Float64Array.of(2, 0, 1)), [0, 1, 1], 1e-15);
    expectClose(harvestLosses(mind, { ...later, day: 81 }, Float64Array.of(2, 0, 1)), [2, 0, 1], 1e-15);
  });

  it('looks at its lots every so many days', () => {
    const mind = mindWith();
    harvestLosses(mind, situation({ atLoss: none }), none);
    expectClose(harvestLosses(mind, situation({ day: 70 }), none), [0, 0, 0], 0);
    expectClose(harvestLosses(mind, situation({ day: 71 }), none), [-6, 3, 0], 1e-15);
  });

  it('waits while an order is being sliced, whose rest may sell the same units', () => {
    const mind = mindWith();
    mind.desk.order = { left: Float64Array.of(-10, 0, 0), done: 1 };
    expectClose(harvestLosses(mind, situation(), Float64Array.of(-2, 0, 0)), [-2, 0, 0], 0);
    mind.desk.order = undefined;
    expectClose(harvestLosses(mind, situation({ day: 51 }), none), [-6, 3, 0], 1e-15);
  });

  it('keeps the turnover budget, the dearest position first, and does not sell its substitute on the day', () => {
    const tight = mindWith({ turnoverBudget: 0.1 });
    expectClose(harvestLosses(tight, situation(), none), [-4, 2, 0], 1e-15);
    const two = situation({ atLoss: Float64Array.of(6, 2, 0) });
    expectClose(harvestLosses(mindWith(), two, none), [-6, 3, 0], 1e-15);
  });

  it('a substitute stays within the position limit, and what may not be held is none', () => {
    // The second asset stands at 200 of 400.
    const limited = mindWith({ positionLimit: 0.6 });
    expectClose(harvestLosses(limited, situation(), none), [-6, 0, 12], 1e-15);
    const alone = situation({ permitted: Uint8Array.of(1, 0, 0) });
    const mind = mindWith();
    expectClose(harvestLosses(mind, alone, none), [0, 0, 0], 0);
    expectClose(harvestLosses(mind, { ...alone, day: 60 }, Float64Array.of(2, 0, 0)), [2, 0, 0], 0);
  });

  it('a seat that does not harvest trades what its strategy wants', () => {
    const orders = Float64Array.of(1, 2, 3);
    expect(harvestLosses(mindWith({ harvesting: undefined }), situation(), orders)).to.equal(orders);
  });
});
