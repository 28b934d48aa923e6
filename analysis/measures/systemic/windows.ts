import type { z } from 'zod';
import { count, matrix } from '../../../core/measure-input.js';

/** What every rolling measure takes: returns, and windows of so many days, one every `step` days. */
export const rollingFields = {
  returns: matrix,
  window: count.min(2, 'must be at least 2'),
  step: count.default(1),
};

/** Adds an issue unless at least one window fits, and the window can carry what is estimated in it. */
export function requireWindow(
  context: z.core.$RefinementCtx,
  { returns, window }: { readonly returns: readonly unknown[]; readonly window: number },
  least: number,
): void {
  const refuse = (path: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [path], message });
  if (window > returns.length) refuse('window', `is ${window}, but returns has ${returns.length} days`);
  if (window < least) refuse('window', `is ${window}, but the estimate needs at least ${least} days`);
}

/** Last day (index) of each window. */
export function windowEnds(days: number, window: number, step: number): number[] {
  return Array.from({ length: Math.floor((days - window) / step) + 1 }, (_, at) => window - 1 + at * step);
}
