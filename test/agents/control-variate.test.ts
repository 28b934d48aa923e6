import { expect } from 'chai';
import { renewControl } from '../../agents/control-variate.js';
import type { Learner } from '../../agents/learner.js';
import type { Cohort } from '../../agents/learning/cohort.js';
import type { Brief } from '../../core/protocol.js';
import { create } from './models/create.js';
import { drawsFor } from './models/task.js';
import { plainLesson, pupilWith, windowOf, type Day } from './window-of.js';

const [ASSETS, WIDTH] = [3, 40];

/** The variate after a round of so many steps, and the numbers of inputs that were pulled back over at a time. */
function renewed(
  cohort: Cohort,
  localSteps: number,
  batchSize: number,
  days: number,
  day: (d: number) => Day,
) {
  const window = windowOf(days, { assets: ASSETS, width: WIDTH }, day);
  const passed: number[] = [];
  const watched: Cohort = {
    ...cohort,
    pullBack: (agent, inputs, cotangent) => {
      passed.push(inputs.length);
      return cohort.pullBack!(agent, inputs, cotangent);
    },
  };
  const brief = {
    learning: { localSteps, batchSize },
    architectures: [{ name: 'linear' }],
  } as unknown as Brief;
  const learner = { architecture: 0, anchor: cohort.parameters(0), ownControl: new Float32Array(0) };
  const control = renewControl(brief, learner as unknown as Learner, pupilWith(watched), plainLesson(window));
  return { control, passed };
}

describe("SCAFFOLD's control variate", () => {
  it('of more samples than lie ready at a time is that of few, where all days are the same', () => {
    const day = () => ({
      inputs: Array.from({ length: ASSETS * WIDTH }, (_, j) => ((j % WIDTH) - 11) / 8),
      targets: [2, 2, 2],
    });
    const cohort = create('linear', { features: WIDTH, assets: ASSETS });
    cohort.initialise(0, drawsFor('initialise'));
    const few = renewed(cohort, 1, 3, 4, day);
    const many = renewed(cohort, 2000, 256, 4, day);
    expect(few.passed).to.deep.equal([3 * WIDTH]);
    expect(many.passed).to.have.length(2);
    expect(many.passed.reduce((sum, n) => sum + n, 0)).to.equal(2000 * 256 * WIDTH);
    expect(Math.max(...many.passed)).to.be.at.most(2 ** 24);
    const scale = Math.max(...few.control.map(Math.abs));
    expect(scale).to.be.greaterThan(1);
    many.control.forEach((c, j) => expect(c).to.be.closeTo(few.control[j]!, 1e-3 * scale));
  }).timeout(30_000);

  it('draws on: what lies ready at a time is no part of the draws', () => {
    const day = (d: number) => ({
      inputs: Array.from({ length: ASSETS * WIDTH }, (_, j) => (j % WIDTH === d ? 1 : 0)),
      targets: [1, 1, 1],
    });
    const cohort = create('linear', { features: WIDTH, assets: ASSETS });
    const days = 40;
    const { control, passed } = renewed(cohort, 2000, 256, days, day);
    expect(passed).to.have.length(2);
    const stream = drawsFor('control-variate 1');
    const shares = new Float64Array(days);
    for (let i = 0; i < 2000 * 256; i++) shares[Math.floor(stream.integer(days * ASSETS) / ASSETS)]! += 1;
    // At weights of 0 the error of every sample is -1, and of each input only a day's own is 1.
    shares.forEach((drawn, d) => expect(control[d]).to.be.closeTo((-2 * drawn) / (2000 * 256), 1e-5));
  }).timeout(30_000);
});
