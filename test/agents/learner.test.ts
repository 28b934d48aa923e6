import { expect } from 'chai';
import { reportOf, type Learner } from '../../agents/learner.js';
import { NonFinite } from '../../agents/learning/non-finite.js';
import type { Lesson, Pupil } from '../../agents/lesson.js';

const report = (anchor: number[], model: number[]) =>
  reportOf(
    { anchor: Float32Array.from(anchor) } as Learner,
    { architecture: 'mlp', shows: () => Float32Array.from(model) } as unknown as Pupil,
    { spans: [] } as unknown as Lesson,
    { loss: 0.5, steps: 0 } as never,
  );

describe('what a round of local training reports', () => {
  it('the difference from what the federation last sent, and at least one step', () => {
    const { delta, localSteps } = report([1, -2], [1.5, -1]);
    expect([...delta]).to.deep.equal([0.5, 1]);
    expect(localSteps).to.equal(1);
  });

  it('refuses two finite models that differ by more than a number holds, naming architecture and tensor', () => {
    expect(() => report([1, -3e38], [1, 3e38])).to.throw(NonFinite, 'mlp: update is not finite');
    expect(() => report([0], [NaN])).to.throw(NonFinite, 'mlp: update is not finite');
  });
});
