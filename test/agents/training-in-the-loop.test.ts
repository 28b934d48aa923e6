import { expect } from 'chai';
import { regimes } from '../../agents/regimes/index.js';
import type { DayFacts } from '../../core/events.js';
import { movedOnDay } from '../overheard.js';
import { chainOf, factsOf, smallScenario } from '../small-run.js';

type Raw = Readonly<Record<string, unknown>>;

const small: Readonly<Record<string, Raw>> = {
  replay: { capacity: 6 },
  distillation: { hidden: [8], steps: 5, lookback: 3 },
  'elastic-weight-consolidation': { everyRounds: 1, samples: 8 },
};
const all = Object.keys(regimes).map((name) => ({ name, ...small[name] }));
const assessed = {
  validation: { everyRounds: 2, folds: 3, share: 1, embargoDays: 2 },
  forgetting: { everyRounds: 1, days: 5, keep: 2 },
};
const withLearning = (learning: Raw, more: Raw = {}) =>
  smallScenario({ days: 13, learning: { localSteps: 3, ...learning }, ...more });

interface Told {
  readonly day: number;
  readonly institution: string;
  readonly quantity: string;
  readonly at: number;
  readonly value: number;
}

const told = (days: readonly DayFacts[]): Told[] =>
  days.flatMap(({ tables: { training } }) => {
    if (!training) return [];
    const [day, at, value] = ['day', 'at', 'value'].map((name) => training[name] as Float64Array);
    const [institution, quantity] = ['institution', 'quantity'].map((name) => training[name] as string[]);
    return Array.from(day!, (d, i) => ({
      day: d,
      institution: institution![i]!,
      quantity: quantity![i]!,
      at: at![i]!,
      value: value![i]!,
    }));
  });

describe('training regimes in the loop', function () {
  this.timeout(60_000);

  it('all at once, with validation and exams: the record does not depend on how many hosts there are', async () => {
    const scenario = withLearning({ regimes: all, ...assessed });
    const one = await chainOf(scenario);
    expect(await chainOf(scenario, { hosts: 3 })).to.equal(one);
  });

  it('a host that is saved and loaded in mid-run goes on to the same record', async () => {
    const scenario = withLearning({ regimes: all, ...assessed });
    const run = await chainOf(scenario, { through: movedOnDay(8) });
    expect(run).to.equal(await chainOf(scenario));
  });

  it('the order in which they are listed changes nothing', async () => {
    const chain = await chainOf(withLearning({ regimes: all }));
    expect(await chainOf(withLearning({ regimes: [...all].reverse() }))).to.equal(chain);
  });

  it('report what they did of every learner, round by round', async () => {
    const rows = told(await factsOf(withLearning({ regimes: all, ...assessed })));
    const of = (quantity: string) => rows.filter((row) => row.quantity === quantity);
    const perRound = [
      'steps',
      'held-out-loss',
      'teacher-loss',
      'student-loss',
      'student-size',
      'clean-loss',
      'attacked-loss',
      'float32-loss',
      'int8-loss',
      'int8-size',
    ];
    for (const quantity of perRound) expect(of(quantity), quantity).to.have.length(3 * 8);
    expect(of('replay-loss')).to.have.length.greaterThan(8);
    // Two exams are kept: none is sat in round 1, one in round 2, two in round 3.
    expect(of('exam-loss-then')).to.have.length(3 * 8);
    expect(new Set(of('exam-loss-now').map(({ at }) => at))).to.deep.equal(new Set([0, 5]));
    // Rounds 1 and 3, three folds each.
    expect(of('validation-loss').map(({ day, at }) => `${day} ${at}`)).to.include.members([
      '1 1',
      '1 3',
      '11 2',
    ]);
    expect(rows.every(({ value }) => Number.isFinite(value))).to.equal(true);
  });

  it('validation and exams look and touch nothing', async () => {
    const silent = (days: readonly DayFacts[]) =>
      days.map(({ tables }) => ({ ...tables, training: undefined }));
    const [plain, looked] = [await factsOf(withLearning({})), await factsOf(withLearning(assessed))];
    expect(silent(looked)).to.deep.equal(silent(plain));
    expect(told(plain)).to.deep.equal([]);
  });

  it('work on pooled data and beside models that remember', async () => {
    const scenario = withLearning(
      { architectures: [{ name: 'lstm', lookback: 4, width: 8 }], regimes: all, ...assessed },
      { federation: { membership: 'centralised' }, days: 8 },
    );
    const rows = told(await factsOf(scenario));
    expect(new Set(rows.map(({ institution }) => institution)).size).to.equal(1);
    expect(rows.some(({ quantity }) => quantity === 'validation-coefficient')).to.equal(true);
  });

  it('that a scenario cannot honour are refused, and the field is named', () => {
    const refused = (learning: Raw, message: string) =>
      expect(() => withLearning(learning)).to.throw(message);
    refused(
      { regimes: [{ name: 'replay' }, { name: 'replay' }] },
      'learning.regimes.1.name: "replay" is listed twice',
    );
    refused(
      {
        architectures: [{ name: 'mlp' }, { name: 'bayesian-linear' }],
        regimes: [{ name: 'quantized' }],
        penalties: { l2: 0 },
      },
      'learning.regimes.0.name: quantized needs a gradient, and bayesian-linear has none',
    );
    refused({ regimes: [{ name: 'replay', share: 1 }] }, 'share');
    for (const name of ['rule', 'garch-forecast'])
      refused(
        {
          architectures: [{ name: 'mlp' }, { name }],
          regimes: [{ name: 'replay' }, { name: 'distillation' }],
        },
        `learning.regimes.1.name: distillation needs a learned mean, and ${name} has none`,
      );
    expect(() =>
      withLearning({
        architectures: [{ name: 'random-forest', trees: 3 }],
        regimes: [{ name: 'replay' }, { name: 'distillation' }],
      }),
    ).not.to.throw();
  });
});
