import type { Brief, Done, Observe } from '../../core/protocol.js';
import type { RiskModel } from '../allocation/risk-model.js';
import type { OpenRegime } from '../curriculum.js';
import type { Accountant } from '../example-privacy.js';
import type { FeatureLayout } from '../features.js';
import { firstParameters } from '../initial.js';
import type { Learner } from '../learner.js';
import type { Cohort } from '../learning/cohort.js';
import type { Engine } from '../learning/engine.js';
import type { Mind } from '../mind.js';

/** All that a host holds between messages. */
export interface State {
  readonly brief: Brief;
  readonly layout: FeatureLayout;
  readonly engine: Engine;
  /** What computes here, in words. */
  readonly engineName: string;
  /** What each architecture was loaded from, by hash; empty where it was not. */
  readonly models: readonly string[];
  readonly minds: readonly Mind[];
  /** One learner a seat, then one a pool. */
  readonly learners: readonly Learner[];
  readonly seats: number;
  readonly cohorts: readonly Cohort[];
  readonly regimes: readonly OpenRegime[];
  /** Keeps the accounts of training by noised gradients; undefined where there is none. */
  readonly accountant: Accountant | undefined;
  /** What a federation shares before its first round, by architecture. */
  readonly initial: readonly Float32Array[];
  readonly common: RiskModel;
  /** What the institutions here make keys and masks of; nobody else knows it. Empty where updates go in the clear. */
  secret: Uint8Array;
  /** The last question about a masked sum that was answered: another about the same round is not. */
  uncovered: { readonly round: number; readonly question: string } | undefined;
  lastLogPrices: Float64Array | undefined;
  observed: Observe | undefined;
}

export const done: Done = { type: 'done' };

/** Whether the institution of a seat may act today. */
export const mayAct = (state: State, i: number): boolean => state.observed?.online[i] === 1;

/** Gives a learner's seat its first parameters, in the name of whoever holds it. */
export function startAfresh(brief: Brief, cohorts: readonly Cohort[], learner: Learner, name: string): void {
  const cohort = cohorts[learner.architecture]!;
  const first = firstParameters(brief, cohort, learner.architecture, learner.slot, name);
  cohort.setParameters(learner.slot, first);
}

/** A learner that has learned nothing yet. */
export function begin(brief: Brief, cohorts: readonly Cohort[], learner: Learner, name: string): void {
  startAfresh(brief, cohorts, learner, name);
  learner.ownControl = new Float32Array(0);
  learner.copy = undefined;
  learner.heldBack = new Float32Array(0);
  learner.trained = false;
  learner.retrains = false;
  learner.owed = undefined;
  learner.keepsakes = {};
  learner.exams = [];
}
