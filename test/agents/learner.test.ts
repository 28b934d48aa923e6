import { expect } from 'chai';
import { trainLearner } from '../../agents/learner.js';
import { trainTwice } from '../../agents/train-copy.js';
import { create } from './models/create.js';
import { drawsFor } from './models/task.js';
import { plainLesson, pupilWith, windowOf } from './window-of.js';
import { reportOf, type Learner } from '../../agents/learner.js';
import { NonFinite } from '../../agents/learning/non-finite.js';
import type { Cohort } from '../../agents/learning/cohort.js';
import type { Lesson, Pupil } from '../../agents/lesson.js';
import { partsShown } from '../../agents/shown.js';

const parts = [
  { name: 'output weights', rows: 1, columns: 1 },
  { name: 'output bias', rows: 1, columns: 1 },
];

const report = (anchor: number[], model: number[]) =>
  reportOf(
    { anchor: Float32Array.from(anchor) } as Learner,
    { architecture: 'mlp', shows: () => Float32Array.from(model), parts } as unknown as Pupil,
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
    expect(() => report([1, -3e38], [1, 3e38])).to.throw(
      NonFinite,
      'mlp: update of output bias is not finite',
    );
    // Of tensors that stay at home nothing is sent.
    expect(() => report([0], [NaN])).to.throw(NonFinite, 'mlp: update of output weights is not finite');
  });
});

describe('a round whose update is no number', () => {
  /** A learner whose model and whose federation's are finite, and further apart than a number can say. */
  function apart() {
    const cohort = create('linear', { features: 2 });
    cohort.initialise(0, drawsFor('initialise'));
    cohort.setParameters(0, Float32Array.of(0, 3e38, 0));
    const window = windowOf(50, { width: 2 }, (_d, draws) => ({ inputs: [draws.normal(), 0], targets: [1] }));
    const learner = {
      slot: 0,
      anchor: Float32Array.of(0, -3e38, 0),
      keepsakes: { replay: 'as it was' },
      copy: undefined,
      trained: false,
      retrains: true,
    } as unknown as Learner;
    return { cohort, learner, lesson: plainLesson(window, { steps: 5 }), pupil: pupilWith(cohort) };
  }

  it('leaves model, moments and memory as they were', () => {
    const { cohort, learner, lesson, pupil } = apart();
    const [before, remembered] = [cohort.saveState(0), { ...learner }];
    expect(() => trainLearner(learner, pupil, lesson, [])).to.throw(
      NonFinite,
      'update of output weights is not finite',
    );
    expect(cohort.saveState(0)).to.deep.equal(before);
    expect(learner).to.deep.equal(remembered);
  });

  it('leaves the copy of the federation’s model as it was, where a learner trains one beside its own', () => {
    const { cohort, learner, lesson, pupil } = apart();
    const before = cohort.saveState(0);
    // The copy is finite and learns; the own model is no number away from what it is pulled to.
    expect(() => trainTwice(learner, pupil, lesson, [], 1)).to.throw(NonFinite);
    expect(cohort.saveState(0)).to.deep.equal(before);
    expect(learner.copy).to.equal(undefined);
  });
});

describe('what a federation is shown', () => {
  it('divides into the tensors of a model, differentiated or not, or is forecasts on the public probes', () => {
    const shownAs = (of: string, cohort: Cohort) =>
      partsShown({ brief: { exchange: { of } }, learner: { anchor: new Float32Array(5) }, cohort } as never);
    const linear = create('linear', { features: 2 });
    const regression = create('bayesian-linear', { features: 2 });
    expect(shownAs('parameters', linear)).to.deep.equal(linear.tensors);
    expect(shownAs('parameters', regression)[0]).to.deep.equal({ name: 'weights', rows: 1, columns: 3 });
    expect(shownAs('forecasts', linear)).to.deep.equal([
      { name: 'forecasts on the public probes', rows: 5, columns: 1 },
    ]);
  });
});
