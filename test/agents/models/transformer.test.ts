import { expectMemory } from './sequences.js';

describe('transformer', () => {
  it('remembers the value of the day last marked, which a linear model cannot', () => {
    expectMemory('transformer', {}, { rounds: 30, learningRate: 0.01 });
  });
});
