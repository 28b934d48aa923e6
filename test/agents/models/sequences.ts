import { expect } from 'chai';
import type { Cohort } from '../../../agents/learning/cohort.js';
import type { ArchitectureName, InputShape } from '../../../agents/models/index.js';
import { create } from './create.js';
import { drawsFor, samplesOf, school, skill, type Schooling, type Task } from './task.js';

/** What a sequence architecture is asked, by purpose and rows, and the days of it. */
export interface Question {
  readonly shape: Pick<InputShape, 'features' | 'window'>;
  readonly ask: (purpose: string, rows: number) => Task;
}

const WINDOW = 20;

/** A value every day and a mark on one of them, drawn anew in every row: the forecast is the value under the mark. Who reads
 * every day alike learns it from any of them; who has weights for each day must learn each day apart. */
export const marked: Question = {
  shape: { features: 2, window: WINDOW },
  ask: (purpose, rows) => {
    const draws = drawsFor(purpose);
    const inputs = new Float32Array(rows * WINDOW * 2);
    const targets = Float32Array.from({ length: rows }, (_, row) => {
      const mark = draws.integer(WINDOW);
      const at = (day: number): number => (row * WINDOW + day) * 2;
      for (let day = 0; day < WINDOW; day++) inputs[at(day)] = draws.normal();
      inputs[at(mark) + 1] = 1;
      return inputs[at(mark)]!;
    });
    return { width: WINDOW * 2, inputs, targets };
  },
};

const KEYS = 8;

/** Days each with a key of its own, in any order, and a value; the last day names a key, whose value is asked for. */
export const lookup: Question = {
  shape: { features: KEYS + 1, window: KEYS + 1 },
  ask: (purpose, rows) => {
    const width = KEYS + 1;
    const draws = drawsFor(purpose);
    const inputs = new Float32Array(rows * (KEYS + 1) * width);
    const targets = Float32Array.from({ length: rows }, (_, row) => {
      const at = (day: number): number => (row * (KEYS + 1) + day) * width;
      const keys = draws.shuffle(Array.from({ length: KEYS }, (__, key) => key));
      const asked = draws.integer(KEYS);
      keys.forEach((key, day) => {
        inputs[at(day) + key] = 1;
        inputs[at(day) + KEYS] = draws.normal();
      });
      inputs[at(KEYS) + asked] = 1;
      return inputs[at(keys.indexOf(asked)) + KEYS]!;
    });
    return { width: (KEYS + 1) * width, inputs, targets };
  },
};

const ROWS = 600;

/** The best that a model has been on unseen rows after any of its rounds: as if told when to stop. */
function bestSkill(cohort: Cohort, { ask }: Question, schooling: Required<Schooling>): number {
  const [train, test] = [ask('train', ROWS), ask('test', 500)];
  cohort.initialise(0, drawsFor('initialise'));
  const stream = drawsFor('train');
  const skills = Array.from({ length: schooling.rounds }, () => {
    cohort.train(0, { ...schooling, samples: samplesOf(train), stream });
    return skill(cohort, test);
  });
  return Math.max(...skills);
}

/** Trains an architecture on a question, and asks it to answer nearly perfectly where a linear model, and feed-forward
 * networks of its own size and of many times its size, are far from it at their best. */
export function expectSequence(name: ArchitectureName, question: Question): void {
  const schooling = { rounds: 30, steps: 50, batchSize: 32, learningRate: 0.01 };
  const { shape, ask } = question;
  const cohort = create(name, shape);
  school(cohort, ask('train', ROWS), schooling);
  expect(skill(cohort, ask('test', 500)), name).to.be.greaterThan(0.95);
  expect(bestSkill(create('linear', shape), question, schooling), 'linear').to.be.lessThan(0.4);
  const inputs = shape.features * shape.window;
  const sameSize = Math.ceil((cohort.parameterCount - 1) / (inputs + 2));
  for (const hidden of [[sameSize], [64, 32], [128, 64]]) {
    const flat = create('mlp', shape, { hidden });
    expect(flat.parameterCount).to.be.at.least(cohort.parameterCount);
    expect(bestSkill(flat, question, schooling), `mlp ${hidden.join()}`).to.be.lessThan(0.4);
  }
}
