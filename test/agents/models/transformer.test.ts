import { expect } from 'chai';
import { create } from './create.js';
import { expectMemory } from './sequences.js';
import { drawsFor, school, skill, type Task } from './task.js';

const [DAYS, KEYS] = [4, 3];
const WIDTH = KEYS + 1;

/** Three days each with a key of its own and a value, then a day that names a key: its value is asked for. */
function lookup(purpose: string, rows: number): Task {
  const draws = drawsFor(purpose);
  const inputs = new Float32Array(rows * DAYS * WIDTH);
  const targets = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const keys = draws.shuffle([0, 1, 2]);
    const asked = draws.integer(KEYS);
    const at = (day: number) => (row * DAYS + day) * WIDTH;
    keys.forEach((key, day) => {
      inputs[at(day) + key] = 1;
      const value = draws.normal();
      inputs[at(day) + KEYS] = value;
      if (key === asked) targets[row] = value;
    });
    inputs[at(DAYS - 1) + asked] = 1;
  }
  return { width: DAYS * WIDTH, inputs, targets };
}

describe('transformer', () => {
  it('remembers the value of the day last marked, which a linear model cannot', () => {
    expectMemory('transformer', {}, { rounds: 30, learningRate: 0.01 });
  });

  it('looks up the value of a key, which a linear model cannot', () => {
    const shape = { features: WIDTH, window: DAYS };
    const [cohort, line] = [create('transformer', shape), create('linear', shape)];
    for (const each of [cohort, line])
      school(each, lookup('train', 2000), { rounds: 30, steps: 60, learningRate: 0.01 });
    expect(skill(cohort, lookup('test', 400))).to.be.greaterThan(0.8);
    expect(skill(line, lookup('test', 400))).to.be.lessThan(0.45);
  });

  it('with local attention sees the days of its span and none before, in one block', () => {
    const cohort = create('transformer', { features: 2, window: 6 }, { span: 3 });
    cohort.initialise(0, drawsFor('initialise'));
    const row = Float32Array.from({ length: 12 }, (_, i) => 0.3 * i - 1);
    const [before] = cohort.forecast(0, row, 1).mean;
    const moved = (day: number) => cohort.forecast(0, row.with(2 * day, 9), 1).mean[0];
    for (const day of [0, 1, 2]) expect(moved(day), `day ${day}`).to.equal(before);
    for (const day of [3, 4, 5]) expect(moved(day), `day ${day}`).not.to.equal(before);
  });

  it('with local attention costs less', () => {
    const flops = (span?: number) =>
      create('transformer', { features: 2, window: 40 }, span === undefined ? {} : { span }).flopsPerForecast;
    expect(flops(5)).to.be.lessThan(0.75 * flops());
  });
});
