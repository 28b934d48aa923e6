import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: { p: number[]; counts: number[] };
  expected: { p: Record<string, number>; counts: Record<string, number>; uniform7: number };
  tolerance: number;
}

const orders = [0, 1, 2, 'inf'];

describe('truth g05: Hill numbers', () => {
  it('of shares and of counts', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/g05_hill_numbers.json');
    const { p: shares, counts } = inputs;
    expectClose(measured('effective-number', { shares, orders }), { values: expected.p }, tolerance);
    expectClose(measured('effective-number', { counts, orders }), { values: expected.counts }, tolerance);
  });

  it('of seven equal shares, at every order', function () {
    const { expected, tolerance } = sharedJson<Truth>(this, 'truth/g05_hill_numbers.json');
    const values = measured<{ values: object }>('effective-number', {
      counts: Array(7).fill(3),
      orders,
    }).values;
    for (const value of Object.values(values)) expectClose(value, expected.uniform7, tolerance);
  });
});
