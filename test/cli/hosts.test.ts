import { availableParallelism } from 'node:os';
import { expect } from 'chai';
import { threadsFor } from '../../cli/hosts.js';
import type { Scenario } from '../../core/scenario.js';

const threads = (count: number, days: number): number =>
  threadsFor({ institutions: { count }, days } as Scenario);

describe('threads of a run', () => {
  it('are the machine’s cores for a run that is worth them, and one for a short one', () => {
    expect(threads(12, 40)).to.equal(1);
    expect(threads(60, 400)).to.equal(1);
    expect(threads(60, 1000)).to.equal(Math.min(3, availableParallelism()));
    expect(threads(1000, 100_000)).to.equal(availableParallelism());
  });
});
