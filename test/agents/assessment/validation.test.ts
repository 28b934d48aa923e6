import { expect } from 'chai';
import { validate } from '../../../agents/assessment/validation.js';
import type { Brief } from '../../../core/protocol.js';
import { create } from '../models/create.js';
import { drawsFor } from '../models/task.js';
import { plainLesson, pupilWith, windowOf } from '../window-of.js';

describe('validation', () => {
  const validation = { folds: 3, scheme: 'walk-forward', embargoDays: 0 };
  const brief = { horizon: 1, learning: { firstSteps: 5, validation } } as unknown as Brief;
  const window = windowOf(60, {}, (_d, draws) => ({ inputs: [draws.normal()], targets: [draws.normal()] }));

  /** The quantities of a validation in which the models of some folds begin with what is no number. */
  function quantities(spoilt: readonly number[]): string[] {
    const cohort = create('linear', { features: 1 });
    cohort.initialise(0, drawsFor('initialise'));
    const before = cohort.saveState(0);
    let fold = 0;
    const startAfresh = (): void => {
      fold++;
      cohort.setParameters(0, new Float32Array(2).fill(spoilt.includes(fold) ? NaN : 0));
    };
    const readings = validate(brief, pupilWith(cohort), plainLesson(window), [], startAfresh);
    expect(cohort.saveState(0)).to.deep.equal(before);
    return readings
      .filter(({ quantity }) => quantity === 'validation-loss' || quantity === 'validation-diverged')
      .map(({ quantity, at, value }) => `${quantity} ${quantity === 'validation-loss' ? at : value}`);
  }

  it('tells the loss of every fold, and that none diverged', () => {
    expect(quantities([])).to.deep.equal([
      'validation-loss 1',
      'validation-loss 2',
      'validation-loss 3',
      'validation-diverged 0',
    ]);
  });

  it('counts the folds that diverged, which have no loss', () => {
    expect(quantities([1, 3])).to.deep.equal(['validation-loss 2', 'validation-diverged 2']);
  });
});
