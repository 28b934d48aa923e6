import { weightedSum } from '../aggregation/weighted-sum.js';
import type { Contribution } from './contribution.js';

/** What a federation's updates sum up to in a round. */
export interface Sum {
  readonly updates: Float64Array;
  /** What each update was weighed by, summed. */
  readonly weight: number;
  /** How many were within their bound, where they said so. */
  readonly within: number;
}

/** The sum of updates that are in the clear, all alike. */
export const clearSum = (updates: readonly Contribution[]): Sum => ({
  updates: weightedSum(
    updates.map(({ delta }) => delta),
    updates.map(() => 1),
  ),
  weight: updates.length,
  within: updates.reduce((sum, { within }) => sum + (within ?? 0), 0),
});
