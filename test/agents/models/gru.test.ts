import { expectMemory } from './sequences.js';

describe('gru', () => {
  it('remembers the value of the day last marked, which a linear model cannot', () => {
    expectMemory('gru', {}, { rounds: 30, learningRate: 0.01 });
  });
});
