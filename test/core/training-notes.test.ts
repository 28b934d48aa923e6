import { expect } from 'chai';
import { catalogue } from '../../cli/catalogue.js';
import { notesOn } from '../../core/scenario/notes.js';
import { small, smallScenario } from '../small-run.js';

const plain = {
  localSteps: 5,
  firstSteps: 400,
  batchSize: 32,
  learningRate: 0.003,
  penalties: { l2: 0.005 },
};
const other = { localSteps: 50, firstSteps: 7, batchSize: 8, learningRate: 0.5, penalties: { l2: 0.1 } };
const notes = (learning: object, more: object = {}) =>
  notesOn(smallScenario({ learning, ...more }), catalogue);

describe('notes on training', () => {
  const forest = { architectures: [{ name: 'random-forest' }, { name: 'bayesian-linear' }] };

  it('say which options no architecture listens to', () => {
    const nothing = 'changes nothing: every architecture here refits to all its samples';
    expect(notes({ ...forest, ...other })).to.deep.equal([
      `learning.localSteps: 50 ${nothing}`,
      `learning.firstSteps: 7 ${nothing}`,
      `learning.batchSize: 8 ${nothing}`,
      `learning.learningRate: 0.5 ${nothing}`,
      `learning.penalties.l2: 0.1 ${nothing}`,
    ]);
  });

  it('say nothing of what is as it always is, of no steps at all, or where any architecture listens', () => {
    expect(notes({ ...forest, ...plain })).to.deep.equal([]);
    expect(notes({ ...forest, ...plain, localSteps: 0 })).to.deep.equal([]);
    expect(notes({ ...other, architectures: [{ name: 'random-forest' }, { name: 'mlp' }] })).to.deep.equal(
      [],
    );
  });

  describe('under a teacher', () => {
    const taught = (learning: object, options: object = {}, more: object = {}) =>
      notes(
        { ...forest, ...plain, regimes: [{ name: 'distillation', hidden: [8], ...options }], ...learning },
        more,
      );
    const refits = 'changes nothing: every architecture here refits to all its samples, and its teacher';
    const ownSteps = `${refits} takes steps of its own`;

    it('say that it has the penalties of a student that has none, and its own steps after its first round', () => {
      expect(taught({ localSteps: 50, penalties: { l2: 0.1 } })).to.deep.equal([
        `learning.localSteps: 50 ${ownSteps}`,
        `learning.penalties.l2: 0.1 ${refits} has no penalty either`,
      ]);
      expect(taught({ penalties: { l2: 0.9 } })).to.deep.equal([
        `learning.penalties.l2: 0.9 ${refits} has no penalty either`,
      ]);
      expect(taught({ localSteps: 50 })).to.deep.equal([`learning.localSteps: 50 ${ownSteps}`]);
    });

    it('say nothing of what it listens to: minibatches, their rate, and the steps of its first round', () => {
      expect(taught({ batchSize: 8, learningRate: 0.5, firstSteps: 7 })).to.deep.equal([]);
      expect(taught({ localSteps: 500 })).to.deep.equal([]);
      expect(taught({ localSteps: 0 })).to.deep.equal([]);
    });

    it('say so where it takes more steps in its first round than its student is asked to', () => {
      expect(taught({ firstSteps: 7 }, { steps: 400 })).to.deep.equal([`learning.firstSteps: 7 ${ownSteps}`]);
      expect(taught({ localSteps: 500 }, { steps: 600 })).to.deep.equal([
        `learning.localSteps: 500 ${ownSteps}`,
      ]);
      // The teacher of a pool takes those of all its members.
      const pooled = { federation: { membership: 'centralised' } };
      expect(taught({ firstSteps: 7 }, { steps: 400 }, pooled)).to.deep.equal([]);
    });

    it('say nothing where a student listens', () => {
      expect(taught({ ...other, architectures: [{ name: 'random-forest' }, { name: 'mlp' }] })).to.deep.equal(
        [],
      );
    });
  });

  it('say that policies live through episodes, not minibatches', () => {
    const types = Object.fromEntries(
      Object.entries(small.institutions.types).map(([name, type]) => [
        name,
        { ...type, strategy: { name: 'policy' } },
      ]),
    );
    const onPolicies = smallScenario({
      learning: { ...other, architectures: [{ name: 'ppo' }] },
      institutions: { ...small.institutions, types },
    });
    expect(notesOn(onPolicies, catalogue)).to.deep.equal([
      'learning.batchSize: 8 changes nothing: every architecture here learns from whole episodes',
    ]);
  });

  it('say that a model from a file starts as it is there', () => {
    const learning = { architectures: [{ name: 'mlp' }, { name: 'tfjs', path: 'm.json' }] };
    expect(notes(learning, { homogeneity: { initialisation: 0.5 } })).to.deep.equal([
      'homogeneity.initialisation: 0.5 does not act on tfjs: all start from the weights in its file',
    ]);
    expect(notes(learning, { homogeneity: { initialisation: 1 } })).to.deep.equal([]);
  });
});
