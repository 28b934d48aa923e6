import type { Cohort } from '../learning/cohort.js';
import { openEngine, type Engine } from '../learning/engine.js';
import type { Network } from '../learning/network.js';
import { tracedCohort } from '../learning/traced-cohort.js';
import type { InputShape } from './architecture.js';
import { training, type TrainingOptions } from './training-options.js';

/** A cohort of a network that forecasts row by row. */
export function networkCohort(
  architecture: string,
  { features, window }: InputShape,
  representationWidth: number,
  options: TrainingOptions,
  forward: Network['forward'],
  size: number,
  engine: Engine = openEngine(),
): Cohort {
  const rows = { rowWidth: features * window, rowsPerSample: 1 };
  return tracedCohort(
    { architecture, ...rows, representationWidth, forward, ...training(options) },
    size,
    engine,
  );
}
