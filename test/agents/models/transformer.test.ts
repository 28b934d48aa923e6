import { expect } from 'chai';
import { create } from './create.js';
import { expectSequence, lookup, marked } from './sequences.js';
import { drawsFor } from './task.js';

describe('transformer', () => {
  it('remembers the value of the day that was marked, which feed-forward networks do not', () => {
    expectSequence('transformer', marked);
  });

  it('looks up the value of a key, which feed-forward networks do not', () => {
    expectSequence('transformer', lookup);
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
