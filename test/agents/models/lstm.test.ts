import { expectSequence, marked } from './sequences.js';

describe('lstm', () => {
  it('remembers the value of the day that was marked, which feed-forward networks do not', () => {
    expectSequence('lstm', marked);
  });
});
