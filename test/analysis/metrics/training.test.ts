import { expect } from 'chai';
import { trainingMetrics } from '../../../analysis/metrics/training.js';
import { training } from '../../../analysis/figures/training.js';
import type { RunData } from '../../../analysis/run-data.js';
import { syntheticScenario, tableOf } from '../synthetic-run.js';

const resampling = { seed: 1, level: 0.95, replications: 100 };
const scenario = syntheticScenario({ days: 100, warmUp: 10 });

/** A run that reported some quantities, each row a day, a quantity and its value. */
const reporting = (rows: readonly (readonly [number, string, number])[]): RunData => ({
  scenario,
  roster: [],
  tables: {
    training: tableOf(
      'training',
      rows.map(([day, quantity, value]) => ({
        day,
        round: 1,
        institution: 'bank-01',
        quantity,
        at: 0,
        value,
      })),
    ),
    days: tableOf(
      'days',
      Array.from({ length: 100 }, (_, d) => ({ day: d + 1, regime: 0, defaults: 0 })),
    ),
  },
  notices: [],
  command: '',
  version: '',
});

const both = (day: number, a: string, x: number, b: string, y: number) =>
  [
    [day, a, x],
    [day, b, y],
  ] as const;

describe('what training comes to', () => {
  it('is solved by hand, after the warm-up, over learners and rounds alike', () => {
    const run = reporting([
      ...both(5, 'exam-loss-now', 99, 'exam-loss-then', 0),
      ...both(20, 'exam-loss-now', 1.5, 'exam-loss-then', 1),
      ...both(20, 'exam-loss-now', 1.1, 'exam-loss-then', 1),
      ...both(30, 'exam-loss-now', 0.9, 'exam-loss-then', 0.9),
      ...both(30, 'int8-loss', 1.01, 'float32-loss', 1),
      ...both(30, 'attacked-loss', 3, 'clean-loss', 2),
      ...both(30, 'student-loss', 0.9, 'teacher-loss', 1),
      ...both(30, 'validation-loss', 0.8, 'validation-zero-loss', 1),
      [30, 'validation-diverged', 2],
      [30, 'validation-coefficient', 0.4],
      [20, 'steps', 10],
      [30, 'steps', 30],
    ]);
    const measures = trainingMetrics(run, resampling);
    const values = Object.fromEntries(
      Object.entries(measures).map(([name, { value }]) => [name, Number(value!.toFixed(9))]),
    );
    expect(values).to.deep.equal({
      forgetting: 0.2,
      outOfSampleSkill: 0.2,
      divergedFolds: 2,
      outOfSampleCoefficient: 0.4,
      adversarialLoss: 0.5,
      distillationLoss: -0.1,
      quantizationLoss: 0.01,
      stepsBeforeStopping: 20,
    });
  });

  it('is nothing where nothing was reported, and undefined where only the warm-up was', () => {
    expect(trainingMetrics(reporting([]), resampling)).to.deep.equal({});
    expect(trainingMetrics({ ...reporting([]), tables: {} }, resampling)).to.deep.equal({});
    const { stepsBeforeStopping } = trainingMetrics(reporting([[3, 'steps', 7]]), resampling);
    expect(stepsBeforeStopping).to.deep.include({
      value: null,
      reason: 'no round after the warm-up reported it',
    });
  });

  it('has an interval where there are rounds enough, which holds the value', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [20 + i, 'steps', 10 + (i % 5)] as const);
    const { value, interval } = trainingMetrics(reporting(rows), resampling)['stepsBeforeStopping']!;
    expect(interval![0]).to.be.below(value!);
    expect(interval![1]).to.be.above(value!);
  });

  it('is drawn where there is something to draw, and says the numbers', () => {
    const run = reporting(both(30, 'int8-loss', 1.01, 'float32-loss', 1));
    const measures = trainingMetrics(run, resampling);
    const drawn = training(run, { measures } as never);
    expect(drawn['training']).to.have.property('caption').that.includes('loss of quantization 1.00%');
    expect(training(reporting([]), { measures: {} } as never)).to.deep.equal({});
  });
});
