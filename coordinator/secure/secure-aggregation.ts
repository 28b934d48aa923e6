import type { z } from 'zod';

/** How updates are kept from the coordinator. */
export interface SecureAggregation {
  readonly summary: string;
  readonly source: string;
  readonly options: z.ZodObject;
  /** Whether the coordinator sees sums only. */
  readonly sums: boolean;
}

export interface SecureOptions {
  readonly threshold: number;
  readonly range: number;
}
