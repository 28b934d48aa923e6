import { expectMemory } from './sequences.js';

describe('lstm', () => {
  it('remembers the value of the day last marked, which a linear model cannot', () => {
    expectMemory('lstm', {}, { rounds: 30, learningRate: 0.01 });
  });
});
