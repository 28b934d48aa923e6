import { addSpending, affordable, defaultOrders, guarantee, spending } from '../core/privacy/accountant.js';
import type { Brief } from '../core/protocol.js';
import type { Learner } from './learner.js';
import { lotOf } from './learning/lot.js';
import { lessonSamples, type Lesson, type Pupil } from './lesson.js';

export type ExamplePrivacy = NonNullable<Brief['examplePrivacy']>;

/** Thrown where a round's steps would break a learner's budget: it sits the round out, and has spent nothing on it. */
export class BudgetSpent extends Error {
  constructor() {
    super('another round would break its privacy budget');
    this.name = 'BudgetSpent';
  }
}

/** Reckons what steps cost, and keeps learners' accounts. */
export interface Accountant {
  /** Charges a learner for a round's steps.
   * @throws {BudgetSpent} where it cannot pay */
  readonly charge: (learner: Learner, pupil: Pupil, lesson: Lesson, steps: number) => void;
  /** ε that a learner has spent. */
  readonly spentBy: (learner: Learner) => number;
}

const nothing = new Float64Array(defaultOrders.length);

/** An accountant of the subsampled Gaussian mechanism, one account a learner.
 *
 * Neighbouring data sets differ by one example. Each step of a round draws its lot at the chance that the learner's
 * number of examples makes it; spending adds up over steps, rounds and chances.
 * @formula R(α) += steps · RDP_α(q, σ);  ε = min_α R(α) + ln((α−1)/α) − (ln δ + ln α)/(α−1)
 * @source  Mironov, Talwar & Zhang 2019 (arXiv 1908.10530)
 */
export function openAccountant({ noiseMultiplier, epsilon, delta }: ExamplePrivacy): Accountant {
  const known = new Map<number, Float64Array>();
  const costOf = (sampleRate: number): Float64Array => {
    const cost = known.get(sampleRate) ?? spending(defaultOrders, { noiseMultiplier, sampleRate, rounds: 1 });
    known.set(sampleRate, cost);
    return cost;
  };
  const accountOf = ({ spent }: Learner): Float64Array => (spent.length > 0 ? spent : nothing);
  return {
    charge: (learner, pupil, lesson, steps) => {
      const { count } = lessonSamples(lesson, pupil, pupil.lookback);
      const { rate } = lotOf(count, pupil.cohort.rowsPerSample, lesson.batchSize);
      const cost = costOf(rate).map((divergence) => steps * divergence);
      const before = accountOf(learner);
      if (!affordable(defaultOrders, before, cost, { epsilon, delta })) throw new BudgetSpent();
      learner.spent = addSpending(before, cost);
    },
    spentBy: (learner) =>
      learner.spent.length > 0 ? guarantee(defaultOrders, learner.spent, delta).epsilon : 0,
  };
}
