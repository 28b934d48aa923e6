import { expect } from 'chai';
import { accuracyOn } from '../../../agents/accuracy.js';
import { resit, type Exam } from '../../../agents/assessment/forgetting.js';
import { teach, type Keepsakes, type OpenRegime } from '../../../agents/curriculum.js';
import { regimes, type RegimeName } from '../../../agents/regimes/index.js';
import type { Window } from '../../../agents/window.js';
import { create } from '../models/create.js';
import { drawsFor } from '../models/task.js';
import { goOn, plainLesson, pupilWith, windowOf, type Day } from '../window-of.js';
import type { Stream } from '../../../core/random.js';

export const open = (name: RegimeName, options: Record<string, unknown> = {}): OpenRegime => ({
  name,
  regime: regimes[name] as never,
  options: regimes[name].options.parse(options),
  assistant: undefined,
});

/** What the first feature says in the calm days, the second says in the stress days; neither varies in the other's. */
const calm = (_d: number, draws: Stream): Day => {
  const x = draws.normal();
  return { inputs: [x, 0], targets: [x] };
};
/** In stress the first feature comes back, and misleads. */
const stress = (_d: number, draws: Stream): Day => {
  const [x, z] = [draws.normal(), draws.normal()];
  return { inputs: [0.3 * x, z], targets: [z - 0.3 * x] };
};

/** Calm days until the window is full, then stress days until no calm day is left in it. */
function livedThrough(opened: readonly OpenRegime[]) {
  const shape = { reach: 60, width: 2 };
  const window = windowOf(60, shape, calm);
  const cohort = create('linear', { features: 2 });
  cohort.initialise(0, drawsFor('initialise'));
  let keepsakes: Keepsakes = {};
  let exams: readonly Exam[] = [];
  const round = (n: number, of: Window) => {
    const pupil = pupilWith(cohort, { round: n });
    const lesson = plainLesson(of);
    ({ keepsakes } = teach(pupil, lesson, opened, keepsakes));
    return { pupil, lesson };
  };
  const first = round(1, window);
  ({ exams } = resit(first.pupil, exams, first.lesson.spans, { everyRounds: 1, days: 60, keep: 9 }, 60));
  for (let n = 2; n <= 9; n++) {
    goOn(window, 10, stress);
    round(n, window);
  }
  const { readings } = resit(
    pupilWith(cohort),
    exams,
    plainLesson(window).spans,
    { everyRounds: 1, days: 60, keep: 9 },
    140,
  );
  const [then, now] = readings.map(({ value }) => value);
  const today = accuracyOn(cohort, 0, plainLesson(window).spans, 1);
  return { forgetting: now! - then!, today: today.loss / today.zeroLoss };
}

describe('continual learning', () => {
  const plain = livedThrough([]);

  it('without a regime forgets what has left the window', () => {
    expect(plain.forgetting).to.be.greaterThan(1);
    expect(plain.today).to.be.lessThan(0.05);
  });

  it('with replay forgets less, and pays for it in what holds today', () => {
    const { forgetting, today } = livedThrough([open('replay', { share: 0.4, capacity: 30 })]);
    expect(forgetting).to.be.lessThan(0.5 * plain.forgetting);
    expect(today).to.be.within(plain.today, 0.5);
  });

  it('with elastic weight consolidation forgets less, and still learns what is new', () => {
    const consolidation = open('elastic-weight-consolidation', { everyRounds: 100, samples: 60 });
    const { forgetting, today } = livedThrough([consolidation]);
    expect(forgetting).to.be.lessThan(0.5 * plain.forgetting);
    expect(today).to.be.within(plain.today, 0.5);
  });

  it('consolidates on twice the mean square of what each parameter reads, for a linear model', () => {
    const window = windowOf(50, { width: 2 }, () => ({ inputs: [3, -0.5], targets: [0] }));
    const cohort = create('linear', { features: 2 });
    const { keepsakes } = teach(
      pupilWith(cohort),
      plainLesson(window, { steps: 1 }),
      [open('elastic-weight-consolidation', { samples: 5 })],
      {},
    );
    const { importance, earlier } = keepsakes['elastic-weight-consolidation'] as Record<string, Float32Array>;
    expect([...importance!].map((f) => Number(f.toFixed(5)))).to.deep.equal([18, 0.5, 2]);
    expect(earlier).to.deep.equal(cohort.parameters(0));
  });

  it('replay keeps a uniform sample of the days that left, never more than its capacity', () => {
    const counts = new Array<number>(40).fill(0);
    for (let trial = 0; trial < 200; trial++) {
      const window = windowOf(10, { reach: 10 }, (d) => ({ inputs: [d], targets: [d] }));
      const cohort = create('linear', { features: 1 });
      let keepsakes: Keepsakes = {};
      for (let n = 1; n <= 40; n++) {
        const pupil = pupilWith(cohort, {
          round: n,
          streamFor: (purpose) => drawsFor(`${purpose} ${trial} ${n}`),
        });
        ({ keepsakes } = teach(
          pupil,
          plainLesson(window, { steps: 1 }),
          [open('replay', { capacity: 8 })],
          keepsakes,
        ));
        goOn(window, 1, (d) => ({ inputs: [d], targets: [d] }));
      }
      const { days, seen } = keepsakes['replay'] as { days: Window[]; seen: number };
      expect(days).to.have.length(8);
      expect(seen).to.equal(40);
      for (const day of days) counts[day.written - 1]!++;
    }
    // Each of 40 days is kept with probability 1/5: 40 times of 200, give or take four deviations.
    counts.forEach((count, day) => expect(count, `day ${day}`).to.be.within(40 - 23, 40 + 23));
  });
});
