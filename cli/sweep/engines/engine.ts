import type { Scenario } from '../../../core/scenario.js';
import type { Provenance } from '../../scenario-file.js';

/** One run to be made; it says all that a worker on any machine needs. */
export interface SweepJob {
  /** Name of the run's folder. */
  readonly run: string;
  readonly scenario: Scenario;
  readonly provenance: Provenance | undefined;
}

/** What came of a job: nothing more to say, or why it failed. */
export interface Settled {
  readonly job: SweepJob;
  readonly failure?: string;
}

export interface Assignment {
  readonly sweep: string;
  readonly jobs: readonly SweepJob[];
  /** Folder that the runs' own folders are made in. */
  readonly runs: string;
  readonly settled: (outcome: Settled) => void;
  readonly stopped: () => boolean;
}

/** A way to have runs made: each ends in its folder, or in a failure with its reason. */
export type Engine = (assignment: Assignment) => Promise<void>;
