import type { Brief, Done, Observe } from '../../core/protocol.js';
import type { RiskModel } from '../allocation/risk-model.js';
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
  readonly minds: readonly Mind[];
  /** One learner a seat, then one a pool. */
  readonly learners: readonly Learner[];
  readonly seats: number;
  readonly cohorts: readonly Cohort[];
  /** First parameters in common, by architecture. */
  readonly initial: readonly Float32Array[];
  readonly common: RiskModel;
  lastLogPrices: Float64Array | undefined;
  observed: Observe | undefined;
}

export const done: Done = { type: 'done' };

/** Whether the institution of a seat may act today. */
export const mayAct = (state: State, i: number): boolean => state.observed?.online[i] === 1;

/** Gives a learner its first parameters, in the name of whoever holds the seat. */
export function begin(brief: Brief, cohorts: readonly Cohort[], learner: Learner, name: string): void {
  const cohort = cohorts[learner.architecture]!;
  cohort.setParameters(
    learner.slot,
    firstParameters(brief, cohort, learner.architecture, learner.slot, name),
  );
  learner.trained = false;
  learner.owed = undefined;
}
