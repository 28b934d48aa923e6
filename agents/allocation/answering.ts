import { NotPositiveDefinite, Singular } from '../../core/linear.js';
import { MeasureInputError } from '../../core/measure.js';
import { NotConverged } from '../../core/not-converged.js';
import { StrategyFailed } from './strategy-failed.js';

/** Runs a measure's computation; input that has no answer is the input's fault, at `path`. */
export function answering<T>(path: readonly string[], compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    const reasons = [StrategyFailed, NotConverged, NotPositiveDefinite, Singular];
    if (error instanceof Error && reasons.some((reason) => error instanceof reason))
      throw new MeasureInputError(error.message, path);
    throw error;
  }
}
