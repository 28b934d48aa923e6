import type { Scenario } from '../../core/scenario.js';
import { none } from './none.js';
import { pairwiseMasks } from './pairwise-masks.js';
import type { SecureAggregation, SecureOptions } from './secure-aggregation.js';

/** How updates are kept from the coordinator, by the name a scenario gives. */
export const secureAggregations = {
  none,
  'pairwise-masks': pairwiseMasks,
} satisfies Record<string, SecureAggregation>;

/** The options under which a scenario's coordinator sees sums only; undefined where it sees updates. */
export function secureOf({ federation }: Scenario): SecureOptions | undefined {
  const chosen = federation.secureAggregation;
  const { sums } = secureAggregations[chosen.protocol as keyof typeof secureAggregations];
  return sums ? (chosen as unknown as SecureOptions) : undefined;
}
