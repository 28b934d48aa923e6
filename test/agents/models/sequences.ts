import { expect } from 'chai';
import type { ArchitectureName } from '../../../agents/models/index.js';
import { create } from './create.js';
import { school, skill, taskOf, type Schooling, type Task } from './task.js';

const WINDOW = 6;

/** A value and a mark a day; the forecast is the value on the day last marked. No fixed weights can say which. */
export const lastMarked = (purpose: string, rows: number): Task =>
  taskOf(
    purpose,
    rows,
    2 * WINDOW,
    (days) => {
      for (let day = WINDOW - 1; day >= 0; day--) if (days[2 * day + 1] === 1) return days[2 * day]!;
      return 0;
    },
    (draws, column) => (column % 2 === 0 ? draws.normal() : draws.integer(3) === 0 ? 1 : 0),
  );

/** Trains an architecture and a linear model on the marked days, and asks the first to be far ahead of the second. */
export function expectMemory(
  name: ArchitectureName,
  options: Record<string, unknown>,
  schooling: Schooling,
): void {
  const shape = { features: 2, window: WINDOW };
  const [cohort, line] = [create(name, shape, options), create('linear', shape)];
  for (const each of [cohort, line]) school(each, lastMarked('train', 2000), schooling);
  const [own, lines] = [cohort, line].map((each) => skill(each, lastMarked('test', 500)));
  expect(own).to.be.greaterThan(0.8);
  expect(lines).to.be.lessThan(0.5);
}
