import type { Value } from '../../coordinator/sweep/axis.js';

/** What a scenario says at a dotted path; null where it says nothing. */
export const valueAtPath = (scenario: unknown, path: string): Value =>
  (path
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
      scenario,
    ) as Value | undefined) ?? null;
